CREATE TABLE emp (id int PRIMARY KEY, dept text, salary numeric, hired date, note json);
--= ok
SELECT row_number() OVER (ORDER BY salary), rank() OVER (PARTITION BY dept ORDER BY hired) FROM emp;
--= ok
SELECT row_number() FROM emp;
--= 42809 @8 window function row_number requires an OVER clause
SELECT sum(salary) OVER w FROM emp WINDOW w AS (PARTITION BY dept);
--= ok
SELECT sum(salary) OVER v FROM emp WINDOW w AS (PARTITION BY dept);
--= 42704 @25 window "v" does not exist
SELECT sum(salary) OVER (w ORDER BY hired) FROM emp WINDOW w AS (PARTITION BY dept);
--= ok
SELECT sum(salary) OVER (w PARTITION BY id) FROM emp WINDOW w AS (PARTITION BY dept);
--= 42P20 @25 cannot override PARTITION BY clause of window "w"
SELECT sum(salary) OVER (w ORDER BY id) FROM emp WINDOW w AS (ORDER BY dept);
--= 42P20 @25 cannot override ORDER BY clause of window "w"
SELECT sum(salary) OVER w FROM emp WINDOW w AS (ORDER BY id), w AS (ORDER BY dept);
--= 42P20 @68 window "w" is already defined
SELECT * FROM emp WHERE row_number() OVER () > 1;
--= 42P20 @25 window functions are not allowed in WHERE
SELECT dept FROM emp GROUP BY dept HAVING sum(salary) OVER () > 1;
--= 42P20 @43 window functions are not allowed in HAVING
SELECT sum(row_number() OVER ()) FROM emp;
--= 42803 @12 aggregate function calls cannot contain window function calls
SELECT sum(sum(salary)) OVER () FROM emp GROUP BY dept;
--= ok
SELECT rank() OVER (ORDER BY rank() OVER ()) FROM emp;
--= 42P20 @30 window functions are not allowed in window definitions
SELECT lag(salary) OVER (ORDER BY id), lead(salary, 1, 0) OVER (ORDER BY id) FROM emp;
--= [-13] 42883 @40 function lead(numeric, integer, integer) does not exist
--= [14-] ok
SELECT lag(salary, 1, 'x') OVER (ORDER BY id) FROM emp;
--= 22P02 @23 invalid input syntax for type numeric: "x"
SELECT lag(salary, 'x') OVER (ORDER BY id) FROM emp;
--= 22P02 @20 invalid input syntax for type integer: "x"
SELECT ntile('a') OVER (ORDER BY id) FROM emp;
--= 22P02 @14 invalid input syntax for type integer: "a"
SELECT sum(salary) OVER (ORDER BY hired RANGE BETWEEN '1 day' PRECEDING AND CURRENT ROW) FROM emp;
--= ok
SELECT sum(salary) OVER (ORDER BY hired RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) FROM emp;
--= 0A000 @55 RANGE with offset PRECEDING/FOLLOWING is not supported for column type date and offset type integer
SELECT sum(salary) OVER (ORDER BY dept RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) FROM emp;
--= 0A000 @54 RANGE with offset PRECEDING/FOLLOWING is not supported for column type text
SELECT sum(salary) OVER (RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) FROM emp;
--= 42P20 @25 RANGE with offset PRECEDING/FOLLOWING requires exactly one ORDER BY column
SELECT sum(salary) OVER (ORDER BY id ROWS BETWEEN id PRECEDING AND CURRENT ROW) FROM emp;
--= 42P10 @51 argument of ROWS must not contain variables
SELECT sum(salary) OVER (ORDER BY id ROWS BETWEEN CURRENT ROW AND 1 PRECEDING) FROM emp;
--= 42P20 @67 frame starting from current row cannot have preceding rows
SELECT sum(salary) OVER (ORDER BY id ROWS BETWEEN UNBOUNDED FOLLOWING AND CURRENT ROW) FROM emp;
--= 42P20 @51 frame start cannot be UNBOUNDED FOLLOWING
SELECT sum(salary) OVER (GROUPS 1 PRECEDING) FROM emp;
--= 42P20 @25 GROUPS mode requires an ORDER BY clause
SELECT sum(salary) OVER (ORDER BY id ROWS 'x' PRECEDING) FROM emp;
--= 22P02 @43 invalid input syntax for type bigint: "x"
SELECT count(DISTINCT dept) OVER () FROM emp;
--= 0A000 @8 DISTINCT is not implemented for window functions
SELECT first_value(dept) FILTER (WHERE true) OVER () FROM emp;
--= 0A000 @8 FILTER is not implemented for non-aggregate window functions
SELECT sum(salary) FILTER (WHERE id > 1) OVER (PARTITION BY note) FROM emp;
--= 42883 @61 could not identify an equality operator for type json
SELECT dept, sum(salary) OVER (PARTITION BY dept) FROM emp GROUP BY dept;
--= 42803 @18 column "emp.salary" must appear in the GROUP BY clause or be used in an aggregate function
UPDATE emp SET salary = rank() OVER ();
--= 42P20 @25 window functions are not allowed in UPDATE
SELECT nothing() OVER () FROM emp;
--= 42883 @8 function nothing() does not exist
SELECT nth_value(salary) OVER () FROM emp;
--= 42883 @8 function nth_value(numeric) does not exist
