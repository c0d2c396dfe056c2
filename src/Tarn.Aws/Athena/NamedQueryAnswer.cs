using System.Text.Json;
using Tarn.Query.NamedQueries;

namespace Tarn.Aws.Athena;

/// <summary>https://docs.aws.amazon.com/athena/latest/APIReference/API_NamedQuery.html</summary>
internal static class NamedQueryAnswer
{
    public static void Write(Utf8JsonWriter answer, NamedQuery query)
    {
        answer.WriteStartObject();
        answer.WriteString("Name", query.Name);
        if (query.Description.Length > 0)
        {
            answer.WriteString("Description", query.Description);
        }

        answer.WriteString("Database", query.Database);
        answer.WriteString("QueryString", query.Sql);
        answer.WriteString("NamedQueryId", query.Id);
        answer.WriteString("WorkGroup", query.Workgroup);
        answer.WriteEndObject();
    }
}
