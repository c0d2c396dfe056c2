using System.Globalization;
using System.Text.Json;
using Tarn.Aws.Protocol.Json;

namespace Tarn.Aws.Glue;

/// <summary>Paging as Glue's lists do it: NextToken (the number of the next item) and MaxResults.</summary>
internal readonly record struct GluePage(int First, int Max)
{
    public static GluePage Read(JsonMembers members, int max)
    {
        var first = 0;
        if (members.Text("NextToken") is { Length: > 0 } token
            && !int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out first))
        {
            throw GlueErrors.Invalid("the NextToken is not one that this operation gave");
        }

        return new GluePage(first, members.Number("MaxResults", 1, max) ?? max);
    }

    /// <summary>Writes the page's items as a list, and the next token where more follow.</summary>
    public void Write<T>(Utf8JsonWriter answer, string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        answer.WriteStartArray(name);
        foreach (var item in items.Skip(First).Take(Max))
        {
            write(answer, item);
        }

        answer.WriteEndArray();
        if (items.Count - First > Max)
        {
            answer.WriteString("NextToken", (First + Max).ToString(CultureInfo.InvariantCulture));
        }
    }
}
