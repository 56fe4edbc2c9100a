CREATE TRIGGER change_redacted AFTER UPDATE OF old, new ON change WHEN OLD.old IS NOT NEW.old OR OLD.new IS NOT NEW.new BEGIN INSERT OR IGNORE INTO sealed_hash (seal_seq, number, kind, hash) SELECT s.seq, p.number, 'content', content_hashes(substr(s.salts, (p.number - s.first) * 16 + 1, 16), c.field, OLD.old, OLD.new, (SELECT details FROM command_log WHERE id = OLD.command_id)) FROM change c JOIN change_scope p ON p.change_seq = c.seq AND p.device_id = c.device_id JOIN stream_seal s ON s.device_id = p.device_id AND s.scope = p.scope AND p.number BETWEEN s.first AND s.last  WHERE c.seq = OLD.seq AND substr(s.salts, (p.number - s.first) * 16 + 1, 16) != zeroblob(16); UPDATE stream_seal SET salts = without_salts(salts, (SELECT group_concat(p.number - s.first) FROM change c JOIN change_scope p ON p.change_seq = c.seq AND p.device_id = c.device_id JOIN stream_seal s ON s.device_id = p.device_id AND s.scope = p.scope AND p.number BETWEEN s.first AND s.last  WHERE c.seq = OLD.seq AND s.seq = stream_seal.seq)) WHERE seq IN (SELECT s.seq FROM change c JOIN change_scope p ON p.change_seq = c.seq AND p.device_id = c.device_id JOIN stream_seal s ON s.device_id = p.device_id AND s.scope = p.scope AND p.number BETWEEN s.first AND s.last  WHERE c.seq = OLD.seq); END;

CREATE TRIGGER search_attachment_changed AFTER UPDATE OF name, deleted_at ON attachment BEGIN DELETE FROM search_words WHERE rowid = (SELECT number FROM search_row WHERE record_id = old.id); DELETE FROM search_row WHERE record_id = old.id; INSERT INTO search_row (kind, record_id) SELECT 'attachment', new.id WHERE new.deleted_at IS NULL AND trim(new.name) != ''; INSERT INTO search_words (rowid, words) SELECT number, folded_words(new.name) FROM search_row WHERE record_id = new.id; END;

CREATE TRIGGER search_attachment_deleted AFTER DELETE ON attachment BEGIN DELETE FROM search_words WHERE rowid = (SELECT number FROM search_row WHERE record_id = old.id); DELETE FROM search_row WHERE record_id = old.id; END;

CREATE TRIGGER search_attachment_new AFTER INSERT ON attachment BEGIN INSERT INTO search_row (kind, record_id) SELECT 'attachment', new.id WHERE new.deleted_at IS NULL AND trim(new.name) != ''; INSERT INTO search_words (rowid, words) SELECT number, folded_words(new.name) FROM search_row WHERE record_id = new.id; END;

CREATE TRIGGER search_commitment_changed AFTER UPDATE OF note, motivation, anchor_moments, deleted_at ON commitment BEGIN DELETE FROM search_words WHERE rowid = (SELECT number FROM search_row WHERE record_id = old.id); DELETE FROM search_row WHERE record_id = old.id; INSERT INTO search_row (kind, record_id) SELECT 'commitment', new.id WHERE new.deleted_at IS NULL AND trim(coalesce(new.note, '') || ' ' || coalesce(new.motivation, '') || ' ' || coalesce(new.anchor_moments, '')) != ''; INSERT INTO search_words (rowid, words) SELECT number, folded_words(coalesce(new.note, '') || ' ' || coalesce(new.motivation, '') || ' ' || coalesce(new.anchor_moments, '')) FROM search_row WHERE record_id = new.id; END;

CREATE TRIGGER search_commitment_deleted AFTER DELETE ON commitment BEGIN DELETE FROM search_words WHERE rowid = (SELECT number FROM search_row WHERE record_id = old.id); DELETE FROM search_row WHERE record_id = old.id; END;

CREATE TRIGGER search_commitment_new AFTER INSERT ON commitment BEGIN INSERT INTO search_row (kind, record_id) SELECT 'commitment', new.id WHERE new.deleted_at IS NULL AND trim(coalesce(new.note, '') || ' ' || coalesce(new.motivation, '') || ' ' || coalesce(new.anchor_moments, '')) != ''; INSERT INTO search_words (rowid, words) SELECT number, folded_words(coalesce(new.note, '') || ' ' || coalesce(new.motivation, '') || ' ' || coalesce(new.anchor_moments, '')) FROM search_row WHERE record_id = new.id; END;

CREATE TRIGGER search_contact_changed AFTER UPDATE OF name, role, organisation, email, note, deleted_at ON contact BEGIN DELETE FROM search_words WHERE rowid = (SELECT number FROM search_row WHERE record_id = old.id); DELETE FROM search_row WHERE record_id = old.id; INSERT INTO search_row (kind, record_id) SELECT 'contact', new.id WHERE new.deleted_at IS NULL AND trim(new.name || ' ' || coalesce(new.role, '') || ' ' || coalesce(new.organisation, '') || ' ' || coalesce(new.email, '') || ' ' || coalesce(new.note, '')) != ''; INSERT INTO search_words (rowid, words) SELECT number, folded_words(new.name || ' ' || coalesce(new.role, '') || ' ' || coalesce(new.organisation, '') || ' ' || coalesce(new.email, '') || ' ' || coalesce(new.note, '')) FROM search_row WHERE record_id = new.id; END;

CREATE TRIGGER search_contact_deleted AFTER DELETE ON contact BEGIN DELETE FROM search_words WHERE rowid = (SELECT number FROM search_row WHERE record_id = old.id); DELETE FROM search_row WHERE record_id = old.id; END;

CREATE TRIGGER search_contact_new AFTER INSERT ON contact BEGIN INSERT INTO search_row (kind, record_id) SELECT 'contact', new.id WHERE new.deleted_at IS NULL AND trim(new.name || ' ' || coalesce(new.role, '') || ' ' || coalesce(new.organisation, '') || ' ' || coalesce(new.email, '') || ' ' || coalesce(new.note, '')) != ''; INSERT INTO search_words (rowid, words) SELECT number, folded_words(new.name || ' ' || coalesce(new.role, '') || ' ' || coalesce(new.organisation, '') || ' ' || coalesce(new.email, '') || ' ' || coalesce(new.note, '')) FROM search_row WHERE record_id = new.id; END;

CREATE TRIGGER search_follow_up_changed AFTER UPDATE OF what, deleted_at ON follow_up BEGIN DELETE FROM search_words WHERE rowid = (SELECT number FROM search_row WHERE record_id = old.id); DELETE FROM search_row WHERE record_id = old.id; INSERT INTO search_row (kind, record_id) SELECT 'agreement', new.id WHERE new.deleted_at IS NULL AND trim(new.what) != ''; INSERT INTO search_words (rowid, words) SELECT number, folded_words(new.what) FROM search_row WHERE record_id = new.id; END;

CREATE TRIGGER search_follow_up_deleted AFTER DELETE ON follow_up BEGIN DELETE FROM search_words WHERE rowid = (SELECT number FROM search_row WHERE record_id = old.id); DELETE FROM search_row WHERE record_id = old.id; END;

CREATE TRIGGER search_follow_up_new AFTER INSERT ON follow_up BEGIN INSERT INTO search_row (kind, record_id) SELECT 'agreement', new.id WHERE new.deleted_at IS NULL AND trim(new.what) != ''; INSERT INTO search_words (rowid, words) SELECT number, folded_words(new.what) FROM search_row WHERE record_id = new.id; END;

CREATE TRIGGER search_government_changed AFTER UPDATE OF name, code, deleted_at ON government BEGIN DELETE FROM search_words WHERE rowid = (SELECT number FROM search_row WHERE record_id = old.id); DELETE FROM search_row WHERE record_id = old.id; INSERT INTO search_row (kind, record_id) SELECT 'government', new.id WHERE new.deleted_at IS NULL AND trim(new.name || ' ' || new.code) != ''; INSERT INTO search_words (rowid, words) SELECT number, folded_words(new.name || ' ' || new.code) FROM search_row WHERE record_id = new.id; END;

CREATE TRIGGER search_government_deleted AFTER DELETE ON government BEGIN DELETE FROM search_words WHERE rowid = (SELECT number FROM search_row WHERE record_id = old.id); DELETE FROM search_row WHERE record_id = old.id; END;

CREATE TRIGGER search_government_new AFTER INSERT ON government BEGIN INSERT INTO search_row (kind, record_id) SELECT 'government', new.id WHERE new.deleted_at IS NULL AND trim(new.name || ' ' || new.code) != ''; INSERT INTO search_words (rowid, words) SELECT number, folded_words(new.name || ' ' || new.code) FROM search_row WHERE record_id = new.id; END;

CREATE TRIGGER search_instrument_changed AFTER UPDATE OF name, giver, note, deleted_at ON instrument BEGIN DELETE FROM search_words WHERE rowid = (SELECT number FROM search_row WHERE record_id = old.id); DELETE FROM search_row WHERE record_id = old.id; INSERT INTO search_row (kind, record_id) SELECT 'instrument', new.id WHERE new.deleted_at IS NULL AND trim(new.name || ' ' || coalesce(new.giver, '') || ' ' || coalesce(new.note, '')) != ''; INSERT INTO search_words (rowid, words) SELECT number, folded_words(new.name || ' ' || coalesce(new.giver, '') || ' ' || coalesce(new.note, '')) FROM search_row WHERE record_id = new.id; END;

CREATE TRIGGER search_instrument_deleted AFTER DELETE ON instrument BEGIN DELETE FROM search_words WHERE rowid = (SELECT number FROM search_row WHERE record_id = old.id); DELETE FROM search_row WHERE record_id = old.id; END;

CREATE TRIGGER search_instrument_new AFTER INSERT ON instrument BEGIN INSERT INTO search_row (kind, record_id) SELECT 'instrument', new.id WHERE new.deleted_at IS NULL AND trim(new.name || ' ' || coalesce(new.giver, '') || ' ' || coalesce(new.note, '')) != ''; INSERT INTO search_words (rowid, words) SELECT number, folded_words(new.name || ' ' || coalesce(new.giver, '') || ' ' || coalesce(new.note, '')) FROM search_row WHERE record_id = new.id; END;

CREATE TRIGGER search_offer_changed AFTER UPDATE OF title, organisation, note, deleted_at ON offer BEGIN DELETE FROM search_words WHERE rowid = (SELECT number FROM search_row WHERE record_id = old.id); DELETE FROM search_row WHERE record_id = old.id; INSERT INTO search_row (kind, record_id) SELECT 'offer', new.id WHERE new.deleted_at IS NULL AND trim(new.title || ' ' || new.organisation || ' ' || coalesce(new.note, '')) != ''; INSERT INTO search_words (rowid, words) SELECT number, folded_words(new.title || ' ' || new.organisation || ' ' || coalesce(new.note, '')) FROM search_row WHERE record_id = new.id; END;

CREATE TRIGGER search_offer_deleted AFTER DELETE ON offer BEGIN DELETE FROM search_words WHERE rowid = (SELECT number FROM search_row WHERE record_id = old.id); DELETE FROM search_row WHERE record_id = old.id; END;

CREATE TRIGGER search_offer_new AFTER INSERT ON offer BEGIN INSERT INTO search_row (kind, record_id) SELECT 'offer', new.id WHERE new.deleted_at IS NULL AND trim(new.title || ' ' || new.organisation || ' ' || coalesce(new.note, '')) != ''; INSERT INTO search_words (rowid, words) SELECT number, folded_words(new.title || ' ' || new.organisation || ' ' || coalesce(new.note, '')) FROM search_row WHERE record_id = new.id; END;

CREATE TRIGGER search_offer_use_changed AFTER UPDATE OF evaluation, deleted_at ON offer_use BEGIN DELETE FROM search_words WHERE rowid = (SELECT number FROM search_row WHERE record_id = old.id); DELETE FROM search_row WHERE record_id = old.id; INSERT INTO search_row (kind, record_id) SELECT 'use', new.id WHERE new.deleted_at IS NULL AND trim(coalesce(new.evaluation, '')) != ''; INSERT INTO search_words (rowid, words) SELECT number, folded_words(coalesce(new.evaluation, '')) FROM search_row WHERE record_id = new.id; END;

CREATE TRIGGER search_offer_use_deleted AFTER DELETE ON offer_use BEGIN DELETE FROM search_words WHERE rowid = (SELECT number FROM search_row WHERE record_id = old.id); DELETE FROM search_row WHERE record_id = old.id; END;

CREATE TRIGGER search_offer_use_new AFTER INSERT ON offer_use BEGIN INSERT INTO search_row (kind, record_id) SELECT 'use', new.id WHERE new.deleted_at IS NULL AND trim(coalesce(new.evaluation, '')) != ''; INSERT INTO search_words (rowid, words) SELECT number, folded_words(coalesce(new.evaluation, '')) FROM search_row WHERE record_id = new.id; END;

CREATE TRIGGER search_support_session_changed AFTER UPDATE OF report, deleted_at ON support_session BEGIN DELETE FROM search_words WHERE rowid = (SELECT number FROM search_row WHERE record_id = old.id); DELETE FROM search_row WHERE record_id = old.id; INSERT INTO search_row (kind, record_id) SELECT 'session', new.id WHERE new.deleted_at IS NULL AND trim(new.report) != ''; INSERT INTO search_words (rowid, words) SELECT number, folded_words(new.report) FROM search_row WHERE record_id = new.id; END;

CREATE TRIGGER search_support_session_deleted AFTER DELETE ON support_session BEGIN DELETE FROM search_words WHERE rowid = (SELECT number FROM search_row WHERE record_id = old.id); DELETE FROM search_row WHERE record_id = old.id; END;

CREATE TRIGGER search_support_session_new AFTER INSERT ON support_session BEGIN INSERT INTO search_row (kind, record_id) SELECT 'session', new.id WHERE new.deleted_at IS NULL AND trim(new.report) != ''; INSERT INTO search_words (rowid, words) SELECT number, folded_words(new.report) FROM search_row WHERE record_id = new.id; END;

CREATE TRIGGER search_support_track_changed AFTER UPDATE OF title, goal, deleted_at ON support_track BEGIN DELETE FROM search_words WHERE rowid = (SELECT number FROM search_row WHERE record_id = old.id); DELETE FROM search_row WHERE record_id = old.id; INSERT INTO search_row (kind, record_id) SELECT 'track', new.id WHERE new.deleted_at IS NULL AND trim(new.title || ' ' || coalesce(new.goal, '')) != ''; INSERT INTO search_words (rowid, words) SELECT number, folded_words(new.title || ' ' || coalesce(new.goal, '')) FROM search_row WHERE record_id = new.id; END;

CREATE TRIGGER search_support_track_deleted AFTER DELETE ON support_track BEGIN DELETE FROM search_words WHERE rowid = (SELECT number FROM search_row WHERE record_id = old.id); DELETE FROM search_row WHERE record_id = old.id; END;

CREATE TRIGGER search_support_track_new AFTER INSERT ON support_track BEGIN INSERT INTO search_row (kind, record_id) SELECT 'track', new.id WHERE new.deleted_at IS NULL AND trim(new.title || ' ' || coalesce(new.goal, '')) != ''; INSERT INTO search_words (rowid, words) SELECT number, folded_words(new.title || ' ' || coalesce(new.goal, '')) FROM search_row WHERE record_id = new.id; END;

CREATE TRIGGER step_redacted AFTER UPDATE OF details ON command_log WHEN OLD.details IS NOT NEW.details BEGIN INSERT OR IGNORE INTO sealed_hash (seal_seq, number, kind, hash) SELECT s.seq, p.number, 'content', content_hashes(substr(s.salts, (p.number - s.first) * 16 + 1, 16), c.field, c.old, c.new, OLD.details) FROM change c JOIN change_scope p ON p.change_seq = c.seq AND p.device_id = c.device_id JOIN stream_seal s ON s.device_id = p.device_id AND s.scope = p.scope AND p.number BETWEEN s.first AND s.last  WHERE c.command_id = OLD.id AND substr(s.salts, (p.number - s.first) * 16 + 1, 16) != zeroblob(16); UPDATE stream_seal SET salts = without_salts(salts, (SELECT group_concat(p.number - s.first) FROM change c JOIN change_scope p ON p.change_seq = c.seq AND p.device_id = c.device_id JOIN stream_seal s ON s.device_id = p.device_id AND s.scope = p.scope AND p.number BETWEEN s.first AND s.last  WHERE c.command_id = OLD.id AND s.seq = stream_seal.seq)) WHERE seq IN (SELECT s.seq FROM change c JOIN change_scope p ON p.change_seq = c.seq AND p.device_id = c.device_id JOIN stream_seal s ON s.device_id = p.device_id AND s.scope = p.scope AND p.number BETWEEN s.first AND s.last  WHERE c.command_id = OLD.id); END;

CREATE TABLE action (
	id VARCHAR NOT NULL,
	plan_id VARCHAR NOT NULL,
	number INTEGER NOT NULL,
	CONSTRAINT pk_action PRIMARY KEY (id)
);

CREATE TABLE assignment (
	id VARCHAR NOT NULL,
	officer_id VARCHAR NOT NULL,
	government_id VARCHAR NOT NULL,
	role VARCHAR NOT NULL,
	valid_from DATE NOT NULL,
	valid_until DATE,
	deleted_at VARCHAR,
	CONSTRAINT pk_assignment PRIMARY KEY (id),
	CONSTRAINT ck_assignment_role CHECK (role IN ('first', 'back_up')),
	CONSTRAINT fk_assignment_government_id FOREIGN KEY(government_id) REFERENCES government (id),
	CONSTRAINT fk_assignment_officer_id FOREIGN KEY(officer_id) REFERENCES officer (id)
);

CREATE TABLE attachment (
	id VARCHAR NOT NULL,
	government_id VARCHAR,
	about_table VARCHAR,
	about_id VARCHAR,
	name VARCHAR NOT NULL,
	bytes INTEGER NOT NULL,
	sha256 VARCHAR NOT NULL,
	added_on DATE NOT NULL,
	deleted_at VARCHAR,
	CONSTRAINT pk_attachment PRIMARY KEY (id),
	CONSTRAINT fk_attachment_government_id FOREIGN KEY(government_id) REFERENCES government (id)
);

CREATE TABLE attachment_content (
	sha256 VARCHAR NOT NULL,
	content BLOB NOT NULL,
	CONSTRAINT pk_attachment_content PRIMARY KEY (sha256)
);

CREATE TABLE call_budget (
	id VARCHAR NOT NULL,
	project_year_id VARCHAR NOT NULL,
	available BOOLEAN,
	deleted_at VARCHAR,
	CONSTRAINT pk_call_budget PRIMARY KEY (id),
	CONSTRAINT fk_call_budget_project_year_id FOREIGN KEY(project_year_id) REFERENCES project_year (id)
);

CREATE TABLE change (
	seq INTEGER NOT NULL,
	device_id VARCHAR NOT NULL,
	number INTEGER NOT NULL,
	officer_id VARCHAR,
	hlc INTEGER NOT NULL,
	command_id VARCHAR NOT NULL,
	table_name VARCHAR NOT NULL,
	row_id VARCHAR NOT NULL,
	field VARCHAR,
	old VARCHAR,
	new VARCHAR,
	replaces VARCHAR, arrived_in VARCHAR,
	CONSTRAINT pk_change PRIMARY KEY (seq),
	CONSTRAINT fk_change_command_id FOREIGN KEY(command_id) REFERENCES command_log (id)
);

CREATE TABLE change_scope (
	scope VARCHAR NOT NULL,
	device_id VARCHAR NOT NULL,
	number INTEGER NOT NULL,
	change_seq INTEGER NOT NULL, arrived_in VARCHAR,
	CONSTRAINT pk_change_scope PRIMARY KEY (scope, device_id, number),
	CONSTRAINT fk_change_scope_change_seq FOREIGN KEY(change_seq) REFERENCES change (seq)
)
 WITHOUT ROWID;

CREATE TABLE colleague (
	fingerprint VARCHAR NOT NULL,
	label VARCHAR NOT NULL,
	officer_id VARCHAR,
	verify_key BLOB NOT NULL,
	recipient VARCHAR NOT NULL,
	trusted_at VARCHAR NOT NULL,
	revoked_at VARCHAR,
	PRIMARY KEY (fingerprint)
);

CREATE TABLE command_log (
	seq INTEGER NOT NULL,
	id VARCHAR NOT NULL,
	device_id VARCHAR NOT NULL,
	officer_id VARCHAR,
	made_at VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	details VARCHAR NOT NULL,
	reverts VARCHAR,
	reverted_by VARCHAR, sealed BOOLEAN DEFAULT 0 NOT NULL,
	CONSTRAINT pk_command_log PRIMARY KEY (seq),
	CONSTRAINT uq_command_log_id UNIQUE (id)
);

CREATE TABLE commitment (
	id VARCHAR NOT NULL,
	applicant_id VARCHAR NOT NULL,
	project_year_id VARCHAR NOT NULL,
	target_id VARCHAR NOT NULL,
	plan_version VARCHAR NOT NULL,
	existing_reach INTEGER NOT NULL,
	requested INTEGER,
	confirmed INTEGER,
	interim_reached INTEGER,
	final_reached INTEGER,
	granted_cents INTEGER,
	rank INTEGER,
	note VARCHAR,
	jury_result VARCHAR,
	deleted_at VARCHAR, motivation VARCHAR, anchor_moments VARCHAR, plan_hash VARCHAR,
	CONSTRAINT pk_commitment PRIMARY KEY (id),
	CONSTRAINT fk_commitment_applicant_id FOREIGN KEY(applicant_id) REFERENCES government (id),
	CONSTRAINT fk_commitment_project_year_id FOREIGN KEY(project_year_id) REFERENCES project_year (id),
	CONSTRAINT fk_commitment_target_id FOREIGN KEY(target_id) REFERENCES target (id)
);

CREATE TABLE condition_judgement (
	id VARCHAR NOT NULL,
	government_id VARCHAR NOT NULL,
	project_year_id VARCHAR NOT NULL,
	stimulus_kind VARCHAR NOT NULL,
	condition_code VARCHAR NOT NULL,
	finding VARCHAR NOT NULL,
	judged_on DATE NOT NULL,
	note VARCHAR,
	deleted_at VARCHAR,
	CONSTRAINT pk_condition_judgement PRIMARY KEY (id),
	CONSTRAINT fk_condition_judgement_government_id FOREIGN KEY(government_id) REFERENCES government (id),
	CONSTRAINT fk_condition_judgement_project_year_id FOREIGN KEY(project_year_id) REFERENCES project_year (id)
);

CREATE TABLE "conflict" (
	table_name VARCHAR NOT NULL,
	row_id VARCHAR NOT NULL,
	field VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	heads VARCHAR NOT NULL,
	found_at VARCHAR NOT NULL,
	kept_at VARCHAR,
	CONSTRAINT pk_conflict PRIMARY KEY (table_name, row_id, field)
);

CREATE TABLE contact (
	id VARCHAR NOT NULL,
	government_id VARCHAR,
	organisation VARCHAR,
	name VARCHAR NOT NULL,
	role VARCHAR,
	email VARCHAR,
	phone VARCHAR,
	note VARCHAR,
	deleted_at VARCHAR,
	CONSTRAINT pk_contact PRIMARY KEY (id),
	CONSTRAINT fk_contact_government_id FOREIGN KEY(government_id) REFERENCES government (id)
);

CREATE TABLE device_binding (
	device_id VARCHAR NOT NULL,
	officer_id VARCHAR NOT NULL,
	fingerprint VARCHAR NOT NULL,
	since INTEGER NOT NULL,
	label VARCHAR NOT NULL,
	verify_key VARCHAR NOT NULL,
	recipient VARCHAR NOT NULL,
	signature VARCHAR NOT NULL,
	CONSTRAINT pk_device_binding PRIMARY KEY (device_id, officer_id)
);

CREATE TABLE draft (
	form VARCHAR NOT NULL,
	content BLOB NOT NULL,
	saved_at VARCHAR NOT NULL,
	CONSTRAINT pk_draft PRIMARY KEY (form)
);

CREATE TABLE erasure (
	table_name VARCHAR NOT NULL,
	row_id VARCHAR NOT NULL,
	device_id VARCHAR NOT NULL,
	hlc INTEGER NOT NULL,
	made_at VARCHAR NOT NULL, arrived_in VARCHAR,
	CONSTRAINT pk_erasure PRIMARY KEY (table_name, row_id)
);

CREATE TABLE example (
	id VARCHAR NOT NULL,
	action_id VARCHAR NOT NULL,
	government_id VARCHAR,
	title VARCHAR NOT NULL,
	note VARCHAR,
	source VARCHAR NOT NULL,
	deleted_at VARCHAR,
	CONSTRAINT pk_example PRIMARY KEY (id),
	CONSTRAINT fk_example_action_id FOREIGN KEY(action_id) REFERENCES action (id),
	CONSTRAINT fk_example_government_id FOREIGN KEY(government_id) REFERENCES government (id)
);

CREATE TABLE follow_up (
	id VARCHAR NOT NULL,
	government_id VARCHAR NOT NULL,
	session_id VARCHAR,
	who VARCHAR NOT NULL,
	what VARCHAR NOT NULL,
	due DATE,
	done_on DATE,
	deleted_at VARCHAR, about_table VARCHAR, about_id VARCHAR,
	CONSTRAINT pk_follow_up PRIMARY KEY (id),
	CONSTRAINT ck_follow_up_who CHECK (who IN ('government', 'coach', 'partner')),
	CONSTRAINT fk_follow_up_government_id FOREIGN KEY(government_id) REFERENCES government (id),
	CONSTRAINT fk_follow_up_session_id FOREIGN KEY(session_id) REFERENCES support_session (id)
);

CREATE TABLE government (
	id VARCHAR NOT NULL,
	code VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	search_name VARCHAR NOT NULL,
	kbo VARCHAR,
	province VARCHAR,
	reference_region VARCHAR,
	valid_from DATE NOT NULL,
	valid_until DATE,
	successor_code VARCHAR,
	facility BOOLEAN NOT NULL,
	population INTEGER,
	population_year INTEGER,
	applicant_id VARCHAR,
	deleted_at VARCHAR, organisation_kind VARCHAR, page VARCHAR,
	CONSTRAINT pk_government PRIMARY KEY (id),
	CONSTRAINT fk_government_applicant_id FOREIGN KEY(applicant_id) REFERENCES government (id)
);

CREATE TABLE handed_over (
	id VARCHAR NOT NULL,
	government_id VARCHAR NOT NULL,
	report_kind VARCHAR NOT NULL,
	handed_on DATE NOT NULL,
	handed_to VARCHAR,
	period_first DATE,
	period_last DATE,
	session_id VARCHAR,
	report_language VARCHAR NOT NULL,
	with_names BOOLEAN NOT NULL,
	left_out VARCHAR NOT NULL,
	deleted_at VARCHAR,
	CONSTRAINT pk_handed_over PRIMARY KEY (id),
	CONSTRAINT fk_handed_over_government_id FOREIGN KEY(government_id) REFERENCES government (id),
	CONSTRAINT fk_handed_over_session_id FOREIGN KEY(session_id) REFERENCES support_session (id)
);

CREATE TABLE identity (
	id INTEGER NOT NULL,
	signing_key BLOB NOT NULL,
	age_identity VARCHAR NOT NULL,
	made_at VARCHAR NOT NULL,
	PRIMARY KEY (id)
);

CREATE TABLE instrument (
	id VARCHAR NOT NULL,
	government_id VARCHAR NOT NULL,
	action_id VARCHAR,
	name VARCHAR NOT NULL,
	giver VARCHAR,
	instrument_state VARCHAR NOT NULL,
	amount_cents INTEGER,
	deadline DATE,
	"end" DATE,
	document VARCHAR,
	note VARCHAR,
	deleted_at VARCHAR,
	CONSTRAINT pk_instrument PRIMARY KEY (id),
	CONSTRAINT fk_instrument_action_id FOREIGN KEY(action_id) REFERENCES action (id),
	CONSTRAINT fk_instrument_government_id FOREIGN KEY(government_id) REFERENCES government (id)
);

CREATE TABLE kpi_entry (
	id VARCHAR NOT NULL,
	commitment_id VARCHAR NOT NULL,
	member_id VARCHAR,
	day DATE NOT NULL,
	kind VARCHAR NOT NULL,
	units INTEGER NOT NULL,
	note VARCHAR,
	session_id VARCHAR,
	offer_use_id VARCHAR,
	corrects_id VARCHAR,
	deleted_at VARCHAR,
	CONSTRAINT pk_kpi_entry PRIMARY KEY (id),
	CONSTRAINT ck_kpi_entry_kind CHECK (kind IN ('increment', 'reading')),
	CONSTRAINT fk_kpi_entry_commitment_id FOREIGN KEY(commitment_id) REFERENCES commitment (id),
	CONSTRAINT fk_kpi_entry_corrects_id FOREIGN KEY(corrects_id) REFERENCES kpi_entry (id),
	CONSTRAINT fk_kpi_entry_member_id FOREIGN KEY(member_id) REFERENCES government (id),
	CONSTRAINT fk_kpi_entry_offer_use_id FOREIGN KEY(offer_use_id) REFERENCES offer_use (id),
	CONSTRAINT fk_kpi_entry_session_id FOREIGN KEY(session_id) REFERENCES support_session (id)
);

CREATE TABLE mentor (
	id VARCHAR NOT NULL,
	action_id VARCHAR NOT NULL,
	government_id VARCHAR NOT NULL,
	learning_network BOOLEAN,
	note VARCHAR,
	source VARCHAR NOT NULL,
	deleted_at VARCHAR,
	CONSTRAINT pk_mentor PRIMARY KEY (id),
	CONSTRAINT fk_mentor_action_id FOREIGN KEY(action_id) REFERENCES action (id),
	CONSTRAINT fk_mentor_government_id FOREIGN KEY(government_id) REFERENCES government (id)
);

CREATE TABLE meta (
	"key" VARCHAR NOT NULL,
	value VARCHAR NOT NULL,
	CONSTRAINT pk_meta PRIMARY KEY ("key")
);

CREATE TABLE offer (
	id VARCHAR NOT NULL,
	organisation VARCHAR NOT NULL,
	title VARCHAR NOT NULL,
	cost VARCHAR NOT NULL,
	actions VARCHAR NOT NULL,
	all_actions BOOLEAN NOT NULL,
	mentor_code VARCHAR,
	shipped BOOLEAN NOT NULL,
	price_cents INTEGER,
	price_unit VARCHAR,
	note VARCHAR,
	source VARCHAR,
	deleted_at VARCHAR, valid_from DATE, valid_until DATE, region VARCHAR, overlays_id VARCHAR, action_ids VARCHAR, organisation_id VARCHAR,
	CONSTRAINT pk_offer PRIMARY KEY (id)
);

CREATE TABLE offer_use (
	id VARCHAR NOT NULL,
	offer_id VARCHAR NOT NULL,
	government_id VARCHAR NOT NULL,
	commitment_id VARCHAR,
	start DATE NOT NULL,
	"end" DATE,
	price_cents INTEGER,
	paid_from VARCHAR,
	expected_units INTEGER,
	real_units INTEGER,
	evaluation VARCHAR,
	deleted_at VARCHAR,
	CONSTRAINT pk_offer_use PRIMARY KEY (id),
	CONSTRAINT fk_offer_use_commitment_id FOREIGN KEY(commitment_id) REFERENCES commitment (id),
	CONSTRAINT fk_offer_use_government_id FOREIGN KEY(government_id) REFERENCES government (id),
	CONSTRAINT fk_offer_use_offer_id FOREIGN KEY(offer_id) REFERENCES offer (id)
);

CREATE TABLE officer (
	id VARCHAR NOT NULL,
	label VARCHAR NOT NULL,
	region VARCHAR,
	deleted_at VARCHAR,
	CONSTRAINT pk_officer PRIMARY KEY (id)
);

CREATE TABLE official_figure (
	id VARCHAR NOT NULL,
	government_id VARCHAR NOT NULL,
	year INTEGER NOT NULL,
	value INTEGER NOT NULL,
	source VARCHAR NOT NULL,
	noted_on DATE NOT NULL,
	deleted_at VARCHAR,
	CONSTRAINT pk_official_figure PRIMARY KEY (id),
	CONSTRAINT fk_official_figure_government_id FOREIGN KEY(government_id) REFERENCES government (id)
);

CREATE TABLE organisation_service (
	id VARCHAR NOT NULL,
	organisation_id VARCHAR NOT NULL,
	government_id VARCHAR NOT NULL,
	target_id VARCHAR,
	target_value INTEGER,
	valid_from DATE NOT NULL,
	valid_until DATE,
	note VARCHAR,
	deleted_at VARCHAR,
	CONSTRAINT pk_organisation_service PRIMARY KEY (id),
	CONSTRAINT fk_organisation_service_organisation_id FOREIGN KEY(organisation_id) REFERENCES government (id),
	CONSTRAINT fk_organisation_service_government_id FOREIGN KEY(government_id) REFERENCES government (id),
	CONSTRAINT fk_organisation_service_target_id FOREIGN KEY(target_id) REFERENCES target (id)
);

CREATE TABLE origin_figure (
	government_code VARCHAR NOT NULL,
	year INTEGER NOT NULL,
	non_eu27 INTEGER NOT NULL,
	neighbouring INTEGER NOT NULL,
	other_eu27 INTEGER NOT NULL,
	belgian INTEGER NOT NULL,
	total INTEGER NOT NULL,
	source VARCHAR NOT NULL,
	CONSTRAINT pk_origin_figure PRIMARY KEY (government_code, year)
);

CREATE TABLE pack_log (
	seq INTEGER NOT NULL,
	pack_id VARCHAR NOT NULL,
	direction VARCHAR NOT NULL,
	fingerprint VARCHAR NOT NULL,
	device_id VARCHAR NOT NULL,
	number INTEGER NOT NULL,
	profile VARCHAR NOT NULL,
	file_name VARCHAR NOT NULL,
	changes INTEGER NOT NULL,
	made_at VARCHAR NOT NULL,
	done_at VARCHAR NOT NULL,
	command_id VARCHAR, authors VARCHAR,
	PRIMARY KEY (seq),
	CONSTRAINT ck_pack_log_direction CHECK (direction IN ('in', 'out'))
);

CREATE TABLE partnership_member (
	id VARCHAR NOT NULL,
	partnership_id VARCHAR NOT NULL,
	member_id VARCHAR NOT NULL,
	valid_from DATE NOT NULL,
	valid_until DATE,
	deleted_at VARCHAR, kept_from_year INTEGER,
	CONSTRAINT pk_partnership_member PRIMARY KEY (id),
	CONSTRAINT fk_partnership_member_member_id FOREIGN KEY(member_id) REFERENCES government (id),
	CONSTRAINT fk_partnership_member_partnership_id FOREIGN KEY(partnership_id) REFERENCES government (id)
);

CREATE TABLE peer_known (
	fingerprint VARCHAR NOT NULL,
	scope VARCHAR NOT NULL,
	device_id VARCHAR NOT NULL,
	number INTEGER NOT NULL, sealed INTEGER DEFAULT 0 NOT NULL,
	CONSTRAINT pk_peer_known PRIMARY KEY (fingerprint, scope, device_id)
)
 WITHOUT ROWID;

CREATE TABLE "plan" (
	id VARCHAR NOT NULL,
	hash VARCHAR NOT NULL,
	version VARCHAR NOT NULL,
	code VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	first_day DATE NOT NULL,
	content VARCHAR NOT NULL,
	in_use BOOLEAN NOT NULL,
	author VARCHAR,
	made_on DATE,
	made_from VARCHAR,
	CONSTRAINT pk_plan PRIMARY KEY (id, hash)
);

CREATE TABLE project_year (
	id VARCHAR NOT NULL,
	plan_id VARCHAR NOT NULL,
	number INTEGER NOT NULL,
	start DATE NOT NULL,
	"end" DATE NOT NULL,
	CONSTRAINT pk_project_year PRIMARY KEY (id)
);

CREATE TABLE redaction (
	ref VARCHAR NOT NULL,
	old VARCHAR,
	new VARCHAR, arrived_in VARCHAR,
	PRIMARY KEY (ref)
);

CREATE TABLE saved_filter (
	screen VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	content VARCHAR NOT NULL,
	CONSTRAINT pk_saved_filter PRIMARY KEY (screen, name)
);

CREATE TABLE sealed_hash (
	seal_seq INTEGER NOT NULL,
	number INTEGER NOT NULL,
	kind VARCHAR NOT NULL,
	hash BLOB NOT NULL,
	CONSTRAINT pk_sealed_hash PRIMARY KEY (seal_seq, number, kind),
	CONSTRAINT ck_sealed_hash_kind CHECK (kind IN ('content', 'place'))
)
 WITHOUT ROWID;

CREATE TABLE search_row (
	number INTEGER NOT NULL,
	kind VARCHAR NOT NULL,
	record_id VARCHAR NOT NULL,
	CONSTRAINT pk_search_row PRIMARY KEY (number)
);

CREATE VIRTUAL TABLE search_words USING fts5(words, content='', contentless_delete=1, tokenize='ascii', prefix='2 3');

CREATE TABLE 'search_words_config'(k PRIMARY KEY, v) WITHOUT ROWID;

CREATE TABLE 'search_words_data'(id INTEGER PRIMARY KEY, block BLOB);

CREATE TABLE 'search_words_docsize'(id INTEGER PRIMARY KEY, sz BLOB, origin INTEGER);

CREATE TABLE 'search_words_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;

CREATE TABLE seen_outcome (
	government_id VARCHAR NOT NULL,
	project_year_id VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	outcome VARCHAR NOT NULL,
	CONSTRAINT pk_seen_outcome PRIMARY KEY (government_id, project_year_id, kind)
);

CREATE TABLE session_action (
	id VARCHAR NOT NULL,
	session_id VARCHAR NOT NULL,
	action_id VARCHAR NOT NULL,
	deleted_at VARCHAR,
	CONSTRAINT pk_session_action PRIMARY KEY (id),
	CONSTRAINT fk_session_action_action_id FOREIGN KEY(action_id) REFERENCES action (id),
	CONSTRAINT fk_session_action_session_id FOREIGN KEY(session_id) REFERENCES support_session (id)
);

CREATE TABLE session_contact (
	id VARCHAR NOT NULL,
	session_id VARCHAR NOT NULL,
	contact_id VARCHAR NOT NULL,
	deleted_at VARCHAR,
	CONSTRAINT pk_session_contact PRIMARY KEY (id),
	CONSTRAINT fk_session_contact_session_id FOREIGN KEY(session_id) REFERENCES support_session (id),
	CONSTRAINT fk_session_contact_contact_id FOREIGN KEY(contact_id) REFERENCES contact (id)
);

CREATE TABLE session_government (
	id VARCHAR NOT NULL,
	session_id VARCHAR NOT NULL,
	government_id VARCHAR NOT NULL,
	day DATE NOT NULL,
	deleted_at VARCHAR,
	CONSTRAINT pk_session_government PRIMARY KEY (id),
	CONSTRAINT fk_session_government_government_id FOREIGN KEY(government_id) REFERENCES government (id),
	CONSTRAINT fk_session_government_session_id FOREIGN KEY(session_id) REFERENCES support_session (id)
);

CREATE TABLE session_offer (
	id VARCHAR NOT NULL,
	session_id VARCHAR NOT NULL,
	offer_id VARCHAR NOT NULL,
	deleted_at VARCHAR,
	CONSTRAINT pk_session_offer PRIMARY KEY (id),
	CONSTRAINT fk_session_offer_offer_id FOREIGN KEY(offer_id) REFERENCES offer (id),
	CONSTRAINT fk_session_offer_session_id FOREIGN KEY(session_id) REFERENCES support_session (id)
);

CREATE TABLE session_officer (
	id VARCHAR NOT NULL,
	session_id VARCHAR NOT NULL,
	officer_id VARCHAR NOT NULL,
	deleted_at VARCHAR,
	CONSTRAINT pk_session_officer PRIMARY KEY (id),
	CONSTRAINT fk_session_officer_session_id FOREIGN KEY(session_id) REFERENCES support_session (id),
	CONSTRAINT fk_session_officer_officer_id FOREIGN KEY(officer_id) REFERENCES officer (id)
);

CREATE TABLE stimulus (
	id VARCHAR NOT NULL,
	government_id VARCHAR NOT NULL,
	project_year_id VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	state VARCHAR NOT NULL,
	action_number INTEGER,
	linked_actions VARCHAR NOT NULL,
	learning_network BOOLEAN,
	amount_cents INTEGER,
	decided_on DATE,
	note VARCHAR,
	deleted_at VARCHAR, action_id VARCHAR, linked_action_ids VARCHAR,
	CONSTRAINT pk_stimulus PRIMARY KEY (id),
	CONSTRAINT fk_stimulus_government_id FOREIGN KEY(government_id) REFERENCES government (id),
	CONSTRAINT fk_stimulus_project_year_id FOREIGN KEY(project_year_id) REFERENCES project_year (id)
);

CREATE TABLE stimulus_text (
	id VARCHAR NOT NULL,
	stimulus_id VARCHAR NOT NULL,
	code VARCHAR NOT NULL,
	words VARCHAR NOT NULL,
	deleted_at VARCHAR,
	CONSTRAINT pk_stimulus_text PRIMARY KEY (id),
	CONSTRAINT fk_stimulus_text_stimulus_id FOREIGN KEY(stimulus_id) REFERENCES stimulus (id)
);

CREATE TABLE stream_seal (
	seq INTEGER NOT NULL,
	scope VARCHAR NOT NULL,
	device_id VARCHAR NOT NULL,
	first INTEGER NOT NULL,
	last INTEGER NOT NULL,
	signature BLOB NOT NULL,
	salts BLOB NOT NULL,
	checked BOOLEAN NOT NULL,
	CONSTRAINT pk_stream_seal PRIMARY KEY (seq)
);

CREATE TABLE support_session (
	id VARCHAR NOT NULL,
	officer_id VARCHAR,
	track_id VARCHAR,
	day DATE NOT NULL,
	start_minute INTEGER NOT NULL,
	end_minute INTEGER NOT NULL,
	travel_minutes INTEGER NOT NULL,
	form VARCHAR NOT NULL,
	report VARCHAR NOT NULL,
	deleted_at VARCHAR,
	CONSTRAINT pk_support_session PRIMARY KEY (id),
	CONSTRAINT fk_support_session_officer_id FOREIGN KEY(officer_id) REFERENCES officer (id),
	CONSTRAINT fk_support_session_track_id FOREIGN KEY(track_id) REFERENCES support_track (id)
);

CREATE TABLE support_track (
	id VARCHAR NOT NULL,
	government_id VARCHAR NOT NULL,
	title VARCHAR NOT NULL,
	goal VARCHAR,
	planned_minutes INTEGER,
	start DATE NOT NULL,
	"end" DATE,
	deleted_at VARCHAR,
	CONSTRAINT pk_support_track PRIMARY KEY (id),
	CONSTRAINT fk_support_track_government_id FOREIGN KEY(government_id) REFERENCES government (id)
);

CREATE TABLE target (
	id VARCHAR NOT NULL,
	plan_id VARCHAR NOT NULL,
	action_id VARCHAR NOT NULL,
	code VARCHAR NOT NULL,
	CONSTRAINT pk_target PRIMARY KEY (id),
	CONSTRAINT fk_target_action_id FOREIGN KEY(action_id) REFERENCES action (id)
);

CREATE TABLE team_numbers (
	fingerprint VARCHAR NOT NULL,
	made_at VARCHAR NOT NULL,
	content VARCHAR NOT NULL,
	PRIMARY KEY (fingerprint)
);

CREATE TABLE waiting_row (
	table_name VARCHAR NOT NULL,
	row_id VARCHAR NOT NULL,
	needs_table VARCHAR NOT NULL,
	needs_id VARCHAR NOT NULL,
	CONSTRAINT pk_waiting_row PRIMARY KEY (table_name, row_id)
);

CREATE INDEX ix_assignment_government_id ON assignment (government_id);

CREATE INDEX ix_assignment_officer_id ON assignment (officer_id);

CREATE INDEX ix_attachment_about_id ON attachment (about_id);

CREATE INDEX ix_attachment_government_id ON attachment (government_id);

CREATE INDEX ix_change_arrived_in ON change (arrived_in) WHERE arrived_in IS NOT NULL;

CREATE INDEX ix_change_command_id ON change (command_id);

CREATE INDEX ix_change_deleted ON change (hlc) WHERE field = 'deleted_at' AND new IS NOT NULL;

CREATE UNIQUE INDEX ix_change_device_number ON change (device_id, number);

CREATE INDEX ix_change_row_id_field ON change (row_id, field);

CREATE INDEX ix_change_scope_change_seq ON change_scope (change_seq);

CREATE INDEX ix_commitment_applicant_year_target ON commitment (applicant_id, project_year_id, target_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_commitment_project_year_id ON commitment (project_year_id);

CREATE INDEX ix_condition_judgement_project_year_id ON condition_judgement (project_year_id);

CREATE INDEX ix_contact_government_id ON contact (government_id);

CREATE INDEX ix_follow_up_about_id ON follow_up (about_id) WHERE about_id IS NOT NULL;

CREATE INDEX ix_follow_up_government_id_due ON follow_up (government_id, due);

CREATE INDEX ix_follow_up_open ON follow_up (due) WHERE done_on IS NULL AND deleted_at IS NULL;

CREATE INDEX ix_follow_up_session_id ON follow_up (session_id);

CREATE INDEX ix_government_code ON government (code);

CREATE INDEX ix_handed_over_government_id ON handed_over (government_id);

CREATE INDEX ix_instrument_action_id ON instrument (action_id);

CREATE INDEX ix_instrument_government_id ON instrument (government_id);

CREATE INDEX ix_kpi_entry_commitment_id_day ON kpi_entry (commitment_id, day);

CREATE INDEX ix_kpi_entry_corrects_id ON kpi_entry (corrects_id) WHERE corrects_id IS NOT NULL;

CREATE INDEX ix_kpi_entry_session_id ON kpi_entry (session_id);

CREATE INDEX ix_offer_overlays_id ON offer (overlays_id) WHERE overlays_id IS NOT NULL;

CREATE INDEX ix_offer_use_commitment_id ON offer_use (commitment_id);

CREATE INDEX ix_offer_use_government_id ON offer_use (government_id);

CREATE INDEX ix_offer_use_offer_id ON offer_use (offer_id);

CREATE INDEX ix_official_figure_government_id ON official_figure (government_id);

CREATE INDEX ix_organisation_service_government_id ON organisation_service (government_id);

CREATE INDEX ix_organisation_service_organisation_id ON organisation_service (organisation_id);

CREATE INDEX ix_pack_log_fingerprint ON pack_log (fingerprint, direction);

CREATE INDEX ix_partnership_member_member_id ON partnership_member (member_id);

CREATE INDEX ix_partnership_member_partnership_id ON partnership_member (partnership_id);

CREATE UNIQUE INDEX ix_search_row_record_id ON search_row (record_id);

CREATE INDEX ix_session_action_action_id ON session_action (action_id);

CREATE INDEX ix_session_action_session_id ON session_action (session_id);

CREATE INDEX ix_session_contact_contact_id ON session_contact (contact_id);

CREATE INDEX ix_session_contact_session_id ON session_contact (session_id);

CREATE INDEX ix_session_government_government_id_day ON session_government (government_id, day);

CREATE INDEX ix_session_government_session_id ON session_government (session_id);

CREATE INDEX ix_session_offer_session_id ON session_offer (session_id);

CREATE INDEX ix_session_officer_officer_id ON session_officer (officer_id);

CREATE INDEX ix_session_officer_session_id ON session_officer (session_id);

CREATE INDEX ix_stimulus_government_id ON stimulus (government_id);

CREATE INDEX ix_stimulus_text_stimulus_id ON stimulus_text (stimulus_id);

CREATE UNIQUE INDEX ix_stream_seal_device_id ON stream_seal (device_id, scope, first, last);

CREATE INDEX ix_support_session_day ON support_session (day);

CREATE INDEX ix_support_session_track_id ON support_session (track_id);

CREATE INDEX ix_support_track_government_id ON support_track (government_id);
