-- Constants as their types print them.
CREATE TABLE shapes (
    b box DEFAULT '(1,2),(3,4)', b2 box DEFAULT '((10,2),(3,-4.50))', p point DEFAULT ' ( 1 , 2.50 )', p2 point DEFAULT '1e20,1e-7',
    c circle DEFAULT '((0,0),1)', s lseg DEFAULT '0,0,1,1', pa path DEFAULT '[(0,0),(1,1)]', pb path DEFAULT '0,0,1,1',
    po polygon DEFAULT '(0,0),(1,1),(1,0)', l line DEFAULT '{1,2.0,3}', l2 line DEFAULT '[(0,0),(1,3)]', l3 line DEFAULT '(2,0),(2,3)');
CREATE TABLE ranges (
    d daterange DEFAULT '[2020-01-01,2020-12-31]', d2 daterange DEFAULT '(2020-01-01,)', d3 daterange DEFAULT '[2020-01-01,2020-01-01)',
    t tsrange DEFAULT '[2020-01-01,2021-01-01)', t2 tsrange DEFAULT '(,"2021-01-01 12:30")', n numrange DEFAULT '(1.50,2]', n2 numrange DEFAULT '(1,1)',
    i int4range DEFAULT '[1,5]', i8 int8range DEFAULT '(1,)',
    CHECK (d <@ daterange '[2000-01-01,2100-01-01]'), EXCLUDE USING gist (d WITH &&));
CREATE VIEW shown AS SELECT box '(0,0),(1,1)' AS b, daterange '[2020-01-01,2020-01-31]' AS d, p FROM shapes WHERE p <@ box '(1,1),(0,0)';
--[14-]
CREATE TABLE several (m int4multirange DEFAULT '{[1,5]}', m2 datemultirange DEFAULT '{ }');
--[]
