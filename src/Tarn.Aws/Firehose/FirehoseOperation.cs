using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Json;
using Tarn.Aws.Protocol.Shapes;

namespace Tarn.Aws.Firehose;

/// <summary>
/// An operation of Firehose's control plane: reads the input by its record, runs, writes the answer. Nothing has
/// happened yet when a member is refused.
/// </summary>
internal abstract class FirehoseOperation<TInput>(JsonTypeInfo<TInput> type) : IJsonOperation
{
    public AwsService Service => AwsService.Firehose;

    public abstract string Name { get; }

    public int BodyBytesMax => 1 << 20;

    /// <summary>Which names and which needed members the input's structures have.</summary>
    protected virtual ShapeForm Form => ShapeForm.Configuration;

    public async ValueTask RunAsync(JsonCall call, CancellationToken cancellation)
    {
        var input = JsonInput.Read(call.Body, Read);
        await using var answer = new Utf8JsonWriter(call.Answer);
        answer.WriteStartObject();
        await RunAsync(input, answer, cancellation);
        answer.WriteEndObject();
    }

    /// <summary>The input of a request, or an error that names what is wrong with it.</summary>
    internal TInput Read(JsonElement request)
    {
        var members = new ShapeReader($"{Service.Name} {Name}", Form).Read(request, Shape.Of(typeof(TInput)));
        return JsonSerializer.Deserialize(members, type)!;
    }

    /// <summary>Does it, and writes the members of the answer.</summary>
    protected abstract Task RunAsync(TInput input, Utf8JsonWriter answer, CancellationToken cancellation);
}
