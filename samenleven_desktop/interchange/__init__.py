"""Files of others: plan files and shipped reference data; spreadsheets come later."""
