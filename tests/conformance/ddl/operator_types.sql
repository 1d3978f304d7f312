-- Types in the definitions of operators and aggregates have no place in errors.
CREATE OPERATOR === (leftarg = nowhere, rightarg = int4, procedure = int4eq);
CREATE TYPE shell;
CREATE OPERATOR === (leftarg = shell, rightarg = shell, procedure = int4eq);
CREATE AGGREGATE agg (basetype = nowhere, sfunc = int4pl, stype = int4);
CREATE OPERATOR CLASS oc FOR TYPE int4 USING gist AS STORAGE nowhere;
CREATE OPERATOR CLASS oc FOR TYPE int4 USING btree AS OPERATOR 1 < (nowhere, int4);
CREATE OPERATOR CLASS oc FOR TYPE int4 USING btree AS FUNCTION 1 (nowhere, int4) btint4cmp(int4, int4);
DROP TYPE shell;
