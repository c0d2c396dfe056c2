using Tarn.Storage.Metadata;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Buckets;
using Tarn.Storage.Objects.Lifecycle;
using Tarn.Storage.Objects.Multipart;
using Tarn.Storage.Objects.Notifications;
using Tarn.Storage.Objects.Scanning;
using Tarn.Storage.Objects.Versions;

namespace Tarn.Storage;

/// <summary>The open stores of a data directory. Disposing settles and closes them, once.</summary>
internal interface IStores : IAsyncDisposable
{
    IMetadataStore Metadata { get; }

    IObjectStore Objects { get; }

    IObjectVersions Versions { get; }

    IBucketSettings Settings { get; }

    IMultipartUploads Uploads { get; }

    IObjectScan Scan { get; }

    IBucketNotifications Notifications { get; }

    IEventOutbox Outbox { get; }

    IBucketLifecycle Lifecycle { get; }

    /// <summary>Null: the store has nothing expire.</summary>
    IExpiry? Expiry { get; }
}
