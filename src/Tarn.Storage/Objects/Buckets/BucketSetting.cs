namespace Tarn.Storage.Objects.Buckets;

/// <summary>What a bucket can be set to, one document each.</summary>
public enum BucketSetting
{
    /// <summary>Tags of the bucket.</summary>
    Tagging,

    /// <summary>When objects and unfinished uploads expire.</summary>
    Lifecycle,

    /// <summary>Which pages of other origins may call.</summary>
    Cors,

    /// <summary>Who may do what.</summary>
    Policy,

    /// <summary>Whether a policy may open the bucket to everybody.</summary>
    PublicAccessBlock,

    /// <summary>Who owns what others put; BucketOwnerEnforced is the only one there is.</summary>
    OwnershipControls,

    /// <summary>Which events are told to which stream.</summary>
    Notification,
}
