using System.Text.Json.Serialization;
using Tarn.Storage.Objects;

namespace Tarn.Jobs.Inputs;

/// <summary>An object that a run reads, in the version that it was planned with.</summary>
/// <remarks>Layout, within <c>job-run</c>: <c>{"bucket":"lake","key":"raw/…","etag":"…","size":123}</c>.</remarks>
internal sealed record JobInput(string Bucket, string Key, string Etag, long Size)
{
    [JsonIgnore]
    public ObjectKey ObjectKey => new(Bucket, Key);

    public static JobInput Of(ObjectInfo info) => new(info.Key.Bucket, info.Key.Key, info.ETag, info.Size);
}
