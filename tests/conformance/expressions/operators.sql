SELECT 1 + 1;
--= ok
SELECT 1 + 'a';
--= 22P02 @12 invalid input syntax for type integer: "a"
SELECT 1 + true;
--= 42883 @10 operator does not exist: integer + boolean
SELECT 'a' || 1;
--= ok
SELECT 1 || 2;
--= 42883 @10 operator does not exist: integer || integer
SELECT date '2024-01-01' - 1;
--= ok
SELECT date '2024-01-01' + date '2024-01-01';
--= 42883 @26 operator does not exist: date + date
SELECT 1 = '1';
--= ok
SELECT 1 = 'x';
--= 22P02 @12 invalid input syntax for type integer: "x"
SELECT 1 IN (1, 'x');
--= 22P02 @17 invalid input syntax for type integer: "x"
SELECT 1 IN (1, true);
--= 42883 @10 operator does not exist: integer = boolean
SELECT NOT 1;
--= 42804 @12 argument of NOT must be type boolean, not type integer
SELECT 1 AND true;
--= 42804 @8 argument of AND must be type boolean, not type integer
SELECT CASE WHEN 1 THEN 2 END;
--= 42804 @18 argument of CASE/WHEN must be type boolean, not type integer
SELECT CASE WHEN true THEN 1 ELSE 'x' END;
--= 22P02 @35 invalid input syntax for type integer: "x"
SELECT CASE WHEN true THEN 1 ELSE date '2024-01-01' END;
--= 42804 @28 CASE types date and integer cannot be matched
SELECT COALESCE(1, 'x');
--= 22P02 @20 invalid input syntax for type integer: "x"
SELECT COALESCE(1, now());
--= 42804 @20 COALESCE types integer and timestamp with time zone cannot be matched
SELECT ARRAY[1, 'x'];
--= 22P02 @17 invalid input syntax for type integer: "x"
SELECT ARRAY[1, 2.5, NULL];
--= ok
SELECT ARRAY[];
--= 42P18 @8 cannot determine type of empty array
SELECT 1 <=> 2;
--= 42883 @10 operator does not exist: integer <=> integer
SELECT (ARRAY[1, 2])['a'];
--= 22P02 @22 invalid input syntax for type integer: "a"
SELECT 1[1];
--= 42601 @9 syntax error at or near "["
SELECT NULL + NULL;
--= 42725 @13 operator is not unique: unknown + unknown
