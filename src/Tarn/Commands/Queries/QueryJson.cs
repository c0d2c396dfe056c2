using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tarn.Commands.Queries;

/// <summary>What <c>tarn query show --format json</c> prints.</summary>
internal static class QueryJson
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>One object: the members of the view's status, <c>plan</c> (lines), and those of its details.</summary>
    public static string Of(JsonElement status, JsonElement plan, JsonElement details)
    {
        var all = JsonObject.Create(status)!;
        all["plan"] = JsonNode.Parse(plan.GetProperty("lines").GetRawText());
        foreach (var member in details.EnumerateObject())
        {
            all[member.Name] = JsonNode.Parse(member.Value.GetRawText());
        }

        return all.ToJsonString(Indented);
    }
}
