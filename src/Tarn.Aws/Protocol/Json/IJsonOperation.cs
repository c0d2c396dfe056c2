namespace Tarn.Aws.Protocol.Json;

/// <summary>One operation of a service that speaks JSON. Called on many threads at once.</summary>
internal interface IJsonOperation
{
    AwsService Service { get; }

    /// <summary>As in X-Amz-Target.</summary>
    string Name { get; }

    /// <summary>A longer body is refused before it is read.</summary>
    int BodyBytesMax { get; }

    ValueTask RunAsync(JsonCall call, CancellationToken cancellation);
}
