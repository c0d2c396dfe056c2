namespace Tarn.Storage.Objects.Notifications;

/// <summary>What happens to an object; <see cref="ObjectEventNames"/> has S3's names.</summary>
public enum ObjectEvent
{
    /// <summary>Put in one request, or a file placed by hand that a scan made an object.</summary>
    CreatedPut,

    /// <summary>Put by a form.</summary>
    CreatedPost,

    /// <summary>Copied from another object.</summary>
    CreatedCopy,

    /// <summary>Its upload in parts was completed.</summary>
    CreatedComplete,

    /// <summary>Removed for good.</summary>
    RemovedDelete,

    /// <summary>Hidden behind a delete marker.</summary>
    RemovedDeleteMarkerCreated,

    /// <summary>Removed for good by a lifecycle rule.</summary>
    ExpiredDelete,

    /// <summary>Hidden behind a delete marker by a lifecycle rule.</summary>
    ExpiredDeleteMarkerCreated,

    /// <summary>Its tags were replaced.</summary>
    TaggingPut,

    /// <summary>Its tags were removed.</summary>
    TaggingDelete,
}
