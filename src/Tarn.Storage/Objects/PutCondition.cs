namespace Tarn.Storage.Objects;

/// <summary>
/// What must be so at the moment when a put becomes visible; otherwise nothing changes and it fails with Conflict, code
/// <c>PreconditionFailed</c>.
/// </summary>
/// <param name="IfMatch">The present object's ETag without quotes, or null; no object: NotFound, code
/// <c>NoSuchKey</c>.</param>
/// <param name="IfAbsent">There must be no object.</param>
public sealed record PutCondition(string? IfMatch, bool IfAbsent)
{
    /// <summary>Fails unless the object that is there now (null: none) meets the condition.</summary>
    internal void Check(ObjectKey key, string? presentETag)
    {
        if (IfAbsent && presentETag is not null)
            throw ObjectErrors.PreconditionFailed(key, "it exists");
        if (IfMatch is null)
            return;
        if (presentETag is null)
            throw ObjectErrors.NoSuchKey(key);
        if (presentETag != IfMatch)
            throw ObjectErrors.PreconditionFailed(key, $"its ETag is {presentETag}, expected {IfMatch}");
    }
}
