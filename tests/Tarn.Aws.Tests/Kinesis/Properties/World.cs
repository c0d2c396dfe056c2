using System.Net;
using System.Text.Json.Nodes;
using Tarn.Aws.Tests.Scenes;

namespace Tarn.Aws.Tests.Kinesis.Properties;

/// <summary>The server, what the model knows of it, and the calls that must go one way or the other.</summary>
/// <param name="prefix">Of the names of this world's streams.</param>
/// <param name="inCbor">Speak CBOR, else JSON.</param>
internal sealed class World(AwsScene scene, string prefix, bool inCbor)
{
    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(3);

    private readonly string[] _names = [prefix + "-a", prefix + "-b"];
    private int _dataCount;

    public Dictionary<string, ModelStream> Streams { get; } = new(StringComparer.Ordinal);

    public List<ModelIterator> Iterators { get; } = [];

    /// <summary>Moments between steps: everything happened clearly before or after.</summary>
    public List<DateTimeOffset> Marks { get; } = [];

    /// <summary>Above every number that a name's streams gave, so that a new stream of the name begins above.</summary>
    public Dictionary<string, ulong> Floors { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Names => _names;

    public DateTimeOffset Now => scene.Time.GetUtcNow();

    public string NameAt(int number) => _names[number % _names.Length];

    public string NextData() => $"{prefix} datum {_dataCount++}";

    public void Pass(TimeSpan time) => scene.Time.Shift += time;

    public void Mark()
    {
        Pass(Apart);
        Marks.Add(DateTimeOffset.FromUnixTimeMilliseconds(Now.ToUnixTimeMilliseconds()));
        Pass(Apart);
    }

    public Task RestartAsync() => scene.RestartAsync();

    public Task<Answer> CallAsync(string operation, params (string Name, JsonNode? Value)[] members)
    {
        var input = new JsonObject();
        foreach (var (name, value) in members)
        {
            if (value is not null)
            {
                input[name] = value;
            }
        }

        return inCbor ? CborDoor.CallAsync(scene, operation, input) : scene.KinesisAsync(operation, input);
    }

    public async Task<JsonNode> OkAsync(string operation, params (string Name, JsonNode? Value)[] members)
    {
        var answer = await CallAsync(operation, members);
        return answer.Status == HttpStatusCode.OK
            ? answer.Json
            : throw new Mismatch($"{operation} must succeed, but: {answer.Text}");
    }

    /// <summary>The call succeeds when code is null, else fails with it. Returns whether it succeeded.</summary>
    public async Task<bool> ExpectAsync(
        string? code, string operation, params (string Name, JsonNode? Value)[] members)
    {
        var answer = await CallAsync(operation, members);
        var got = answer.Status == HttpStatusCode.OK ? null : answer.Code;
        Mismatch.Unless(
            got == code, $"{operation} gives {got ?? "success"} instead of {code ?? "success"}: {answer.Text}");
        return code is null;
    }
}
