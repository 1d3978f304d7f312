-- A relation that RETURNING names with its schema.
CREATE SCHEMA s;
--= ok
CREATE TABLE s.t (id int, step text);
--= ok
CREATE TABLE s.u (id int, step text);
--= ok
WITH r AS (SELECT * FROM s.t AS st FOR UPDATE)
  UPDATE s.t SET step = 'a' FROM r WHERE s.t.id = r.id RETURNING s.t.*;
--= ok
INSERT INTO s.t VALUES (1, 'a') RETURNING s.t.*, s.t.id;
--= ok
DELETE FROM s.t USING s.u WHERE s.t.id = s.u.id RETURNING s.t.*, s.u.*;
--= ok
UPDATE s.t SET step = 'a' RETURNING s.u.*;
--= 42P01 @37 missing FROM-clause entry for table "u"
CREATE TYPE pair AS (a nosuch, b int);
--= 42704 type "nosuch" does not exist
CREATE TYPE pair AS (a int COLLATE "C");
--= 42804 collations are not supported by type integer
CREATE TYPE pair AS (a int COLLATE nosuch);
--= 42704 collation "nosuch" for encoding "UTF8" does not exist
