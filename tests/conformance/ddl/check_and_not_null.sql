CREATE TABLE c (id integer, a integer CONSTRAINT pos CHECK (a > 0), b text NOT NULL);
--= ok
ALTER TABLE c ADD CONSTRAINT pos CHECK (id > 0);
--= 42710 constraint "pos" for relation "c" already exists
ALTER TABLE c ADD CHECK (missing > 0);
--= 42703 column "missing" does not exist
ALTER TABLE c ADD CHECK (b);
--= 42804 argument of CHECK must be type boolean, not type text
ALTER TABLE c ADD CHECK (id IN (SELECT 1));
--= 0A000 cannot use subquery in check constraint
ALTER TABLE c ADD CHECK (sum(id) > 0);
--= 42803 aggregate functions are not allowed in check constraints
ALTER TABLE c ADD CHECK (generate_series(1, 2) > 0);
--= 0A000 set-returning functions are not allowed in check constraints
ALTER TABLE c ADD CONSTRAINT later CHECK (id > 0) NOT VALID;
--= ok
ALTER TABLE c VALIDATE CONSTRAINT later;
--= ok
ALTER TABLE c ADD CONSTRAINT noinh CHECK (id > 1) NO INHERIT;
--= ok
ALTER TABLE c ALTER COLUMN a SET NOT NULL;
--= ok
ALTER TABLE c ALTER COLUMN a SET NOT NULL;
--= ok
ALTER TABLE c ALTER COLUMN missing SET NOT NULL;
--= 42703 column "missing" of relation "c" does not exist
ALTER TABLE c ALTER COLUMN a DROP NOT NULL;
--= ok
ALTER TABLE c ALTER COLUMN a DROP NOT NULL;
--= ok
ALTER TABLE c ADD CONSTRAINT nn NOT NULL id;
--= [-17] 42601 @33 syntax error at or near "NOT"
--= [18-] ok
ALTER TABLE c ADD CONSTRAINT nn2 NOT NULL id;
--= [-17] 42601 @34 syntax error at or near "NOT"
--= [18-] 55000 cannot create not-null constraint "nn2" on column "id" of table "c"
ALTER TABLE c DROP CONSTRAINT nn;
--= [-17] 42704 constraint "nn" of relation "c" does not exist
--= [18-] ok
ALTER TABLE c DROP CONSTRAINT c_b_not_null;
--= [-17] 42704 constraint "c_b_not_null" of relation "c" does not exist
--= [18-] ok
ALTER TABLE c ALTER CONSTRAINT pos NOT ENFORCED;
--= [-17] 42601 @40 syntax error at or near "ENFORCED"
--= [18-] 42809 cannot alter enforceability of constraint "pos" of relation "c"
ALTER TABLE c ALTER COLUMN b SET DEFAULT missing;
--= 0A000 cannot use column reference in DEFAULT expression
ALTER TABLE c ALTER COLUMN a SET DEFAULT b;
--= 0A000 cannot use column reference in DEFAULT expression
ALTER TABLE c ALTER COLUMN a SET DEFAULT (SELECT 1);
--= 0A000 cannot use subquery in DEFAULT expression
