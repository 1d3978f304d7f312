-- Types in the definitions of operators and aggregates have no place in errors.
CREATE OPERATOR === (leftarg = nowhere, rightarg = int4, procedure = int4eq);
--= 42704 type "nowhere" does not exist
CREATE TYPE shell;
--= ok
CREATE OPERATOR === (leftarg = shell, rightarg = shell, procedure = int4eq);
--= 42704 type "shell" is only a shell
CREATE AGGREGATE agg (basetype = nowhere, sfunc = int4pl, stype = int4);
--= 42704 type "nowhere" does not exist
CREATE OPERATOR CLASS oc FOR TYPE int4 USING gist AS STORAGE nowhere;
--= 42704 type "nowhere" does not exist
CREATE OPERATOR CLASS oc FOR TYPE int4 USING btree AS OPERATOR 1 < (nowhere, int4);
--= 42704 type "nowhere" does not exist
CREATE OPERATOR CLASS oc FOR TYPE int4 USING btree AS FUNCTION 1 (nowhere, int4) btint4cmp(int4, int4);
--= 42704 type "nowhere" does not exist
DROP TYPE shell;
--= ok
