CREATE TABLE t (id integer PRIMARY KEY, v text, w text);
--= ok
CREATE TABLE nopk (id integer, v text);
--= ok
CREATE PUBLICATION p FOR TABLE t, nopk;
--= ok
CREATE PUBLICATION p FOR TABLE t;
--= 42710 publication "p" already exists
CREATE PUBLICATION q FOR TABLE missing;
--= 42P01 relation "missing" does not exist
UPDATE t SET v = 'x';
--= ok
UPDATE nopk SET v = 'x';
--= 55000 cannot update table "nopk" because it does not have a replica identity and publishes updates
DELETE FROM nopk;
--= 55000 cannot delete from table "nopk" because it does not have a replica identity and publishes deletes
INSERT INTO nopk VALUES (1, 'x');
--= ok
ALTER TABLE nopk REPLICA IDENTITY FULL;
--= ok
UPDATE nopk SET v = 'x';
--= ok
ALTER TABLE nopk REPLICA IDENTITY NOTHING;
--= ok
DELETE FROM nopk WHERE id = 1;
--= 55000 cannot delete from table "nopk" because it does not have a replica identity and publishes deletes
ALTER TABLE nopk REPLICA IDENTITY USING INDEX missing;
--= 42704 index "missing" for table "nopk" does not exist
CREATE UNIQUE INDEX nopk_id ON nopk (id);
--= ok
ALTER TABLE nopk REPLICA IDENTITY USING INDEX nopk_id;
--= 42809 index "nopk_id" cannot be used as replica identity because column "id" is nullable
ALTER TABLE nopk ALTER COLUMN id SET NOT NULL;
--= ok
ALTER TABLE nopk REPLICA IDENTITY USING INDEX nopk_id;
--= ok
UPDATE nopk SET v = 'y';
--= ok
ALTER PUBLICATION p ADD TABLE t;
--= 42710 relation "t" is already member of publication "p"
ALTER PUBLICATION p DROP TABLE missing;
--= 42P01 relation "missing" does not exist
ALTER PUBLICATION p SET (publish = 'insert, nothing');
--= [-14] 42601 unrecognized "publish" value: "nothing"
--= [15-] 42601 unrecognized value for publication option "publish": "nothing"
ALTER PUBLICATION p SET (nothing = 1);
--= 42601 unrecognized publication parameter: "nothing"
ALTER PUBLICATION p DROP TABLE nopk;
--= ok
ALTER PUBLICATION p DROP TABLE nopk;
--= 42704 relation "nopk" is not part of the publication
CREATE PUBLICATION f FOR TABLE t WHERE (v = 'x');
--= [-14] 42601 @34 syntax error at or near "WHERE"
--= [15-] ok
UPDATE t SET v = 'z';
--= [-14] ok
--= [15-] 42P10 cannot update table "t"
DROP PUBLICATION f;
--= [-14] 42704 publication "f" does not exist
--= [15-] ok
DROP PUBLICATION f;
--= 42704 publication "f" does not exist
CREATE PUBLICATION everything FOR ALL TABLES;
--= ok
ALTER PUBLICATION everything ADD TABLE t;
--= 55000 publication "everything" is defined as FOR ALL TABLES
DROP TABLE t;
--= ok
DROP PUBLICATION p, everything;
--= ok
