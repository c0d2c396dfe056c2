namespace Tarn.Storage.Objects.Remote.Uploads;

/// <summary>
/// The records of objects that came in parts. One is written before its object is made and goes with it; that of an
/// object which a put replaced stays until the next upload to its key, and says nothing.
/// </summary>
internal sealed class RemoteParts(RemoteService service)
{
    public Task WriteAsync(ObjectKey key, string uploadId, PartsRecord record, CancellationToken cancellation) =>
        service.PutRecordAsync(
            $"keeping the parts of {key}", service.Names.Parts(key) + uploadId, record.Write(), cancellation);

    /// <summary>The object with its parts and their checksum, if it came of that upload (null: of none).</summary>
    public async Task<ObjectInfo> DescribeAsync(
        ObjectInfo info, string? uploadId, CancellationToken cancellation)
    {
        if (uploadId is null)
        {
            return info;
        }

        var json = await service.FindRecordAsync(service.Names.Parts(info.Key) + uploadId, cancellation)
            .ConfigureAwait(false);
        return json is null ? info : PartsRecord.Read(info.Key, json).Describe(info);
    }

    public Task RemoveAsync(ObjectKey key, string uploadId, CancellationToken cancellation) =>
        service.RemoveRecordAsync(service.Names.Parts(key) + uploadId, cancellation);

    /// <summary>Removes all records of a key but that of one upload.</summary>
    public Task RemoveOthersAsync(ObjectKey key, string? uploadId, CancellationToken cancellation) =>
        service.RemoveRecordsAsync(service.Names.Parts(key), uploadId, cancellation);

    public Task RemoveAllAsync(string bucket, CancellationToken cancellation) =>
        service.RemoveRecordsAsync(service.Names.Parts(bucket), kept: null, cancellation);
}
