namespace Tarn.Primitives.Errors;

/// <summary>
/// The one exception that engines throw for a failure a user can act on. <see cref="Exception.Message"/> is the primary
/// text: lower case, one clause, names the thing. Detail and hint are separate so that each front door can place them.
/// </summary>
public sealed class TarnException : Exception
{
    public TarnException(
        ErrorKind kind, string message, string? detail = null, string? hint = null, Exception? cause = null)
        : base(message, cause)
    {
        Kind = kind;
        Detail = detail;
        Hint = hint;
    }

    /// <summary>What the caller should do.</summary>
    public ErrorKind Kind { get; }

    /// <summary>
    /// The protocol's own name for the failure where the engine knows it better than the kind does, such as
    /// <c>TABLE_NOT_FOUND</c> of Athena or <c>ExpiredIteratorException</c> of Kinesis; null otherwise.
    /// </summary>
    public string? Code { get; init; }

    /// <summary>What exactly was found, or null.</summary>
    public string? Detail { get; }

    /// <summary>What to try next, or null.</summary>
    public string? Hint { get; }

    /// <summary>Message, detail and hint on one line each, for logs and terminals.</summary>
    public string Describe() => string.Join(
        Environment.NewLine,
        new[] { Message, Detail is null ? null : "detail: " + Detail, Hint is null ? null : "hint: " + Hint }
            .Where(line => line is not null));
}
