namespace Tarn.Storage.Objects;

/// <summary>
/// What must be so at the moment when a put becomes visible; otherwise nothing changes and it fails with Conflict, code
/// <c>PreconditionFailed</c>.
/// </summary>
/// <param name="IfMatch">The present object's ETag without quotes, or null; no object: NotFound, code
/// <c>NoSuchKey</c>.</param>
/// <param name="IfAbsent">There must be no object.</param>
public sealed record PutCondition(string? IfMatch, bool IfAbsent);
