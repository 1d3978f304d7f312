-- key: roleid member
SELECT pg_temp.usr(m.roleid) AS roleid, pg_temp.usr(m.member) AS member, pg_temp.usr(m.grantor) AS grantor,
       m.admin_option,
       true AS inherit_option, true AS set_option                         --[-15]
       m.inherit_option, m.set_option                                     --[16-]
FROM pg_auth_members m WHERE {range m.roleid}
