using System.Globalization;
using System.Text.Json;
using Tarn.Aws.Protocol.Json;

namespace Tarn.Aws.Athena;

/// <summary>Paging as Athena's lists do it: NextToken (the number of the next item) and MaxResults.</summary>
internal readonly record struct AthenaPage(int First, int Max)
{
    public static AthenaPage Read(JsonMembers members, int usual, int min, int max)
    {
        var token = members.Text("NextToken");
        var first = 0;
        if (token is not null
            && !int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out first))
        {
            throw AthenaErrors.Invalid($"The nextPageToken is malformed: {token}");
        }

        var wanted = members.Number("MaxResults", min, max);
        return new AthenaPage(first, wanted is > 0 and { } given ? given : usual);
    }

    /// <summary>Writes the page's items, and the token when there are more.</summary>
    public void Write<T>(
        Utf8JsonWriter answer, string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        answer.WriteStartArray(name);
        foreach (var item in items.Skip(First).Take(Max))
        {
            write(answer, item);
        }

        answer.WriteEndArray();
        if (items.Count > First + Max)
        {
            answer.WriteString("NextToken", (First + Max).ToString(CultureInfo.InvariantCulture));
        }
    }
}
