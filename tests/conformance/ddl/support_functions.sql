-- Support functions of operator families.
CREATE OPERATOR FAMILY fam USING btree;
--= ok
ALTER OPERATOR FAMILY fam USING btree ADD FUNCTION 4 (int4, int2) btequalimage(oid);
--= [-17] 42P17 btree equal image functions must not be cross-type
--= [18-] 42P17 ordering equal image functions must not be cross-type
ALTER OPERATOR FAMILY fam USING btree ADD FUNCTION 4 (int4) btequalimage(oid);
--= ok
ALTER OPERATOR FAMILY fam USING btree ADD FUNCTION 6 (int4, int2) btint4sortsupport(internal);
--= [-17] 42P17 invalid function number 6, must be between 1 and 5
--= [18-] 42P17 btree skip support functions must not be cross-type
CREATE FUNCTION opts(internal) RETURNS void LANGUAGE internal AS 'btint4sortsupport';
--= ok
CREATE FUNCTION opts2(internal, text) RETURNS void LANGUAGE internal AS 'btint4sortsupport';
--= ok
ALTER OPERATOR FAMILY fam USING btree ADD FUNCTION 5 (int4, int2) opts(internal);
--= 42P17 left and right associated data types for operator class options parsing functions must match
ALTER OPERATOR FAMILY fam USING btree ADD FUNCTION 5 (int4) btint42cmp(int4, int2);
--= 42P17 invalid operator class options parsing function
ALTER OPERATOR FAMILY fam USING btree ADD FUNCTION 5 (int4) opts(internal);
--= ok
ALTER OPERATOR FAMILY fam USING btree ADD FUNCTION 2 (int4) btequalimage(oid);
--= [-17] 42P17 btree sort support functions must accept type "internal"
--= [18-] 42P17 ordering sort support functions must accept type "internal"
ALTER OPERATOR FAMILY fam USING btree ADD FUNCTION 3 (int4) btequalimage(oid);
--= [-17] 42P17 btree in_range functions must have five arguments
--= [18-] 42P17 ordering in_range functions must have five arguments
CREATE OPERATOR FAMILY hfam USING hash;
--= ok
ALTER OPERATOR FAMILY hfam USING hash ADD FUNCTION 2 (int4) hashint4(int4);
--= 42P17 hash function 2 must have two arguments
ALTER OPERATOR FAMILY hfam USING hash ADD FUNCTION 1 (int4) hashint4extended(int4, int8);
--= 42P17 hash function 1 must have one argument
CREATE FUNCTION h(int4) RETURNS text LANGUAGE sql AS 'SELECT ''''';
--= ok
ALTER OPERATOR FAMILY hfam USING hash ADD FUNCTION 1 (int4) h(int4);
--= 42P17 hash function 1 must return integer
CREATE COLLATION c1 (PROVIDER = builtin, LOCALE = 'C_UTF8');
--= [-16] 42P17 unrecognized collation provider: builtin
--= [17-] 42809 invalid locale name "C_UTF8" for builtin provider
CREATE COLLATION c1 (PROVIDER = builtin, LOCALE = 'C.UTF8');
--= [-16] 42P17 unrecognized collation provider: builtin
--= [17-] ok
