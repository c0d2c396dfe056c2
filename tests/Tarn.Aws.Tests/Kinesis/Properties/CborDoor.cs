using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tarn.Aws.Tests.Scenes;

namespace Tarn.Aws.Tests.Kinesis.Properties;

/// <summary>
/// Calls that are written as JSON, sent as CBOR, and whose answers come back as the JSON they stand for.
/// </summary>
internal static class CborDoor
{
    public static async Task<Answer> CallAsync(AwsScene scene, string operation, JsonObject input)
    {
        var answer = await scene.SendCborAsync(operation, CborValues.Write(ToCbor("", input)));
        return answer with { Body = Encoding.UTF8.GetBytes(ToJson(CborValues.Read(answer.Body))!.ToJsonString()) };
    }

    /// <summary>Blobs and times are told by their members' names, as in the service model.</summary>
    private static object ToCbor(string name, JsonNode node) => node switch
    {
        JsonObject map => map.ToDictionary(member => member.Key, member => ToCbor(member.Key, member.Value!)),
        JsonArray list => list.Select(item => ToCbor(name, item!)).ToArray(),
        _ => node.GetValueKind() switch
        {
            JsonValueKind.String when name == "Data" => Convert.FromBase64String((string)node!),
            JsonValueKind.String => (string)node!,
            JsonValueKind.Number when name == "Timestamp" =>
                DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Round((double)node * 1000)),
            JsonValueKind.Number => (int)node,
            _ => (bool)node,
        },
    };

    private static JsonNode? ToJson(object? value) => value switch
    {
        null => null,
        Dictionary<string, object?> map => new JsonObject(
            map.Select(member => KeyValuePair.Create(member.Key, ToJson(member.Value)))),
        List<object?> list => new JsonArray([.. list.Select(ToJson)]),
        byte[] blob => Convert.ToBase64String(blob),
        DateTimeOffset time => time.ToUnixTimeMilliseconds() / 1000.0,
        string text => text,
        bool flag => flag,
        long number => number,
        double number => number,
        _ => throw new ArgumentException($"no JSON for {value.GetType()}"),
    };
}
