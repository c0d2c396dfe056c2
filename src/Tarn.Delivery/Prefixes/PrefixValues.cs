namespace Tarn.Delivery.Prefixes;

/// <summary>What the expressions of a prefix stand for in one object's name.</summary>
internal readonly record struct PrefixValues
{
    /// <summary>Arrival of the object's oldest record, in the zone that names are written in.</summary>
    public required DateTimeOffset Time { get; init; }

    public IReadOnlyDictionary<string, string>? QueryKeys { get; init; }

    public IReadOnlyDictionary<string, string>? LambdaKeys { get; init; }

    /// <summary>What <c>!{firehose:error-output-type}</c> is; required by error prefixes.</summary>
    public string? ErrorType { get; init; }

    /// <summary>What random strings are made of: the same seed gives the same strings.</summary>
    public required ulong Seed { get; init; }
}
