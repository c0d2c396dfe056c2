namespace Tarn.Storage.Objects.Remote.Uploads;

/// <summary>What an upload into an S3 service has passed; after a stop behind any it is whole or not there.</summary>
internal enum UploadStep
{
    /// <summary>The service has the upload, no record names it.</summary>
    Begun,

    /// <summary>The upload's record is written.</summary>
    Recorded,

    /// <summary>The service has the part, its checksum is not kept yet.</summary>
    PartSent,

    /// <summary>The part's checksum is kept, or it has none.</summary>
    PartMarked,

    /// <summary>What the object's parts will be is written; there is no object yet.</summary>
    PartsRecorded,

    /// <summary>The service has made the object; the upload's record is still there.</summary>
    Made,

    /// <summary>The service has dropped the upload; its record is still there.</summary>
    Aborted,

    /// <summary>Nothing is left of the upload.</summary>
    Forgotten,
}
