namespace Tarn.Aws.Protocol;

/// <summary>
/// A failure that already has its AWS name. The front door writes it in the envelope of the request's protocol.
/// </summary>
/// <param name="code">AWS's error code, such as <c>ValidationException</c> or <c>NoSuchKey</c>.</param>
/// <param name="status">The HTTP status that AWS sends with it.</param>
internal sealed class AwsException(string code, int status, string message) : Exception(message)
{
    public string Code { get; } = code;

    public int Status { get; } = status;

    /// <summary>The bucket, key or other thing that the error is about, for S3's envelope; null otherwise.</summary>
    public string? Resource { get; init; }

    /// <summary>Athena's finer code (<c>AthenaErrorCode</c>), or null.</summary>
    public string? DetailCode { get; init; }

    /// <summary>The resource that Athena's ResourceNotFoundException names, or null.</summary>
    public string? ResourceName { get; init; }

    /// <summary>Headers of the answer that belong to the failure.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>What S3's envelope tells beside code and message, in its order.</summary>
    public IReadOnlyList<ErrorElement> Elements { get; init; } = [];
}
