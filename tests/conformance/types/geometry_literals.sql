-- Geometric literals: which are read, and what is refused.
SELECT point '(1,2)', point '1,2', point ' ( 1.50 , -2e3 ) ';
--= ok
SELECT point '(1,2';
--= 22P02 @14 invalid input syntax for type point: "(1,2"
SELECT point '1 2';
--= 22P02 @14 invalid input syntax for type point: "1 2"
SELECT point '(1,2) x';
--= 22P02 @14 invalid input syntax for type point: "(1,2) x"
SELECT point '(1,2,3)';
--= 22P02 @14 invalid input syntax for type point: "(1,2,3)"
SELECT point '(inf, nan)';
--= ok
SELECT point '(1e400,1)';
--= 22003 @14 "1e400" is out of range for type double precision
SELECT point '';
--= 22P02 @14 invalid input syntax for type point: ""
SELECT box '(1,2),(3,4)', box '((1,2),(3,4))', box '1,2,3,4';
--= ok
SELECT box '(1,2)';
--= 22P02 @12 invalid input syntax for type box: "(1,2)"
SELECT box '[(1,2),(3,4)]';
--= 22P02 @12 invalid input syntax for type box: "[(1,2),(3,4)]"
SELECT box '(1,2),(3,4),(5,6)';
--= 22P02 @12 invalid input syntax for type box: "(1,2),(3,4),(5,6)"
SELECT lseg '[(0,0),(1,1)]', lseg '(0,0),(1,1)', lseg '((0,0),(1,1))', lseg '0,0,1,1';
--= ok
SELECT lseg '[(0,0),(1,1)';
--= 22P02 @13 invalid input syntax for type lseg: "[(0,0),(1,1)"
SELECT lseg '[0,0,1]';
--= 22P02 @13 invalid input syntax for type lseg: "[0,0,1]"
SELECT path '[(0,0),(1,1)]', path '((0,0),(1,1))', path '(0,0),(1,1)', path '0,0,1,1', path '(0,0,1,1)';
--= ok
SELECT path '[]';
--= 22P02 @13 invalid input syntax for type path: "[]"
SELECT path '[(0,0),(1,1)';
--= 22P02 @13 invalid input syntax for type path: "[(0,0),(1,1)"
SELECT path '(0,0),(1,1';
--= 22P02 @13 invalid input syntax for type path: "(0,0),(1,1"
SELECT path '1,2,3';
--= 22P02 @13 invalid input syntax for type path: "1,2,3"
SELECT polygon '((0,0),(1,1),(1,0))', polygon '(0,0),(1,1)', polygon '0,0,1,1';
--= ok
SELECT polygon '[(0,0),(1,1)]';
--= 22P02 @16 invalid input syntax for type polygon: "[(0,0),(1,1)]"
SELECT polygon '(0,0),(1,1),';
--= 22P02 @16 invalid input syntax for type polygon: "(0,0),(1,1),"
SELECT circle '<(0,0),1>', circle '((0,0),1)', circle '(0,0),1', circle '0,0,1';
--= ok
SELECT circle '<(0,0),-1>';
--= 22P02 @15 invalid input syntax for type circle: "<(0,0),-1>"
SELECT circle '<(0,0)>';
--= 22P02 @15 invalid input syntax for type circle: "<(0,0)>"
SELECT circle '<(0,0),1';
--= 22P02 @15 invalid input syntax for type circle: "<(0,0),1"
SELECT line '{1,2,3}', line '[(0,0),(1,1)]', line '(0,0),(1,1)', line '0,0,0,1';
--= ok
SELECT line '{0,0,1}';
--= 22P02 @13 invalid line specification: A and B cannot both be zero
SELECT line '{1,2}';
--= 22P02 @13 invalid input syntax for type line: "{1,2}"
SELECT line '[(1,1),(1,1)]';
--= 22P02 @13 invalid line specification: must be two distinct points
SELECT line '{1,2,3';
--= 22P02 @13 invalid input syntax for type line: "{1,2,3"
SELECT '(1,2)'::point = '(1,2)'::point;
--= 42883 @23 operator does not exist: point = point
CREATE TABLE shapes (at point DEFAULT '1,2', area box DEFAULT '(1,2),(3,4)', ring circle DEFAULT '0,0,1');
--= ok
CREATE TABLE bad_shapes (at point DEFAULT '1');
--= 22P02 @43 invalid input syntax for type point: "1"
SELECT daterange '[2020-01-01,2019-01-01]';
--= 22000 @18 range lower bound must be less than or equal to range upper bound
SELECT daterange '[2020-01-01,2020-01-01)', daterange '(2020-01-01,2020-01-02)', daterange '[,2020-01-01]';
--= ok
SELECT tsrange '[2020-01-02,2020-01-01]';
--= 22000 @16 range lower bound must be less than or equal to range upper bound
SELECT numrange '[2.5,1.5]';
--= 22000 @17 range lower bound must be less than or equal to range upper bound
SELECT numrange '(1,1)', numrange '[1.10,1.1]', numrange '[10,9.5)';
--= 22000 @58 range lower bound must be less than or equal to range upper bound
SELECT int4multirange '{[1,5],[7,8]}', int4multirange '{}', int4multirange '{[5,1]}';
--= [-13] 42704 @8 type "int4multirange" does not exist
--= [14-] 22000 @76 range lower bound must be less than or equal to range upper bound
SELECT int4multirange '[1,2]';
--= [-13] 42704 @8 type "int4multirange" does not exist
--= [14-] 22P02 @23 malformed multirange literal: "[1,2]"
SELECT datemultirange '{[2020-01-01,2019-01-01]}';
--= [-13] 42704 @8 type "datemultirange" does not exist
--= [14-] 22000 @23 range lower bound must be less than or equal to range upper bound
SELECT nummultirange '{[1,2';
--= [-13] 42704 @8 type "nummultirange" does not exist
--= [14-] 22P02 @22 malformed multirange literal: "{[1,2"
SELECT nummultirange '{[1,a]}';
--= [-13] 42704 @8 type "nummultirange" does not exist
--= [14-] 22P02 @22 invalid input syntax for type numeric: "a"
