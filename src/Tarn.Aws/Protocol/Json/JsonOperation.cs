using System.Text.Json;

namespace Tarn.Aws.Protocol.Json;

/// <summary>
/// The common shape of an operation: read the input in AWS's field order, refuse what was not read, run, write the
/// answer. Nothing has happened yet when a member is refused.
/// </summary>
internal abstract class JsonOperation<TInput> : IJsonOperation
{
    public abstract AwsService Service { get; }

    public abstract string Name { get; }

    public virtual int BodyBytesMax => 1 << 20;

    public async ValueTask RunAsync(JsonCall call, CancellationToken cancellation)
    {
        var input = JsonInput.Read(call.Body, Service, Name, Read);
        await using var writer = new Utf8JsonWriter(call.Answer);
        writer.WriteStartObject();
        await RunAsync(input, call, writer, cancellation);
        writer.WriteEndObject();
    }

    /// <summary>Takes the input from the request. Must copy: the document is gone afterwards.</summary>
    protected abstract TInput Read(JsonMembers members);

    /// <summary>Does it, and writes the members of the answer.</summary>
    protected abstract Task RunAsync(
        TInput input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation);
}
