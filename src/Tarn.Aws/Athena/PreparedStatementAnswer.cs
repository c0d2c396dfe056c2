using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Query.Prepared;

namespace Tarn.Aws.Athena;

/// <summary>https://docs.aws.amazon.com/athena/latest/APIReference/API_PreparedStatement.html</summary>
internal static class PreparedStatementAnswer
{
    /// <summary>The statement of a request that creates or updates one.</summary>
    public static PreparedStatement Read(JsonMembers members) => new()
    {
        Name = AthenaErrors.Sized(members, "StatementName", 256),
        Workgroup = members.RequiredText("WorkGroup"),
        Sql = AthenaErrors.Sized(members, "QueryStatement", StartQueryExecution.QueryBytesMax),
        Description = AthenaErrors.Sized("Description", members.Text("Description") ?? "", 0, 1024),
    };

    public static void Write(Utf8JsonWriter answer, PreparedStatement statement)
    {
        answer.WriteStartObject();
        answer.WriteString("StatementName", statement.Name);
        answer.WriteString("QueryStatement", statement.Sql);
        answer.WriteString("WorkGroupName", statement.Workgroup);
        if (statement.Description.Length > 0)
        {
            answer.WriteString("Description", statement.Description);
        }

        WriteTime(answer, statement);
        answer.WriteEndObject();
    }

    public static void WriteTime(Utf8JsonWriter answer, PreparedStatement statement) =>
        answer.WriteNumber("LastModifiedTime", statement.ModifiedAt.ToUnixTimeMilliseconds() / 1000m);
}
