using System.Text.Json;
using Tarn.Catalog.Tables;

namespace Tarn.Aws.Glue;

/// <summary>Columns in answers: name, type, and a comment where there is one.</summary>
internal static class JsonColumns
{
    public static void Write(Utf8JsonWriter answer, string name, IReadOnlyList<Column> columns)
    {
        answer.WriteStartArray(name);
        foreach (var column in columns)
        {
            answer.WriteStartObject();
            answer.WriteString("Name", column.Name);
            answer.WriteString("Type", column.Type);
            if (column.Comment.Length > 0)
            {
                answer.WriteString("Comment", column.Comment);
            }

            answer.WriteEndObject();
        }

        answer.WriteEndArray();
    }
}
