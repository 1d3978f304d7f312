-- key: seqrelid
SELECT pg_temp.rel(s.seqrelid) AS seqrelid, pg_temp.typ(s.seqtypid) AS seqtypid, s.seqstart, s.seqincrement, s.seqmax,
       s.seqmin, s.seqcache, s.seqcycle,
       (SELECT pg_temp.rel(d.refobjid) || ' ' || a.attname || ' ' || d.deptype::text FROM pg_depend d
          JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
        WHERE d.classid = 'pg_class'::regclass AND d.objid = s.seqrelid AND d.deptype IN ('a', 'i')
          AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0) AS owned_by
FROM pg_sequence s WHERE {range s.seqrelid}
