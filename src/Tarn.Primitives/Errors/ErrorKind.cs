namespace Tarn.Primitives.Errors;

/// <summary>
/// What a caller should do about a failure. Each front door maps every kind once (AWS code, HTTP status, toast).
/// </summary>
public enum ErrorKind
{
    /// <summary>The request is wrong: change it and send it again.</summary>
    Invalid,

    /// <summary>The named thing does not exist: create it, or correct the name.</summary>
    NotFound,

    /// <summary>The name is taken: choose another, or use what is there.</summary>
    AlreadyExists,

    /// <summary>Somebody else changed it first, or it is busy: read again, then retry.</summary>
    Conflict,

    /// <summary>A documented limit would be passed: send less, or raise the limit.</summary>
    LimitExceeded,

    /// <summary>The caller may not do this: use other credentials.</summary>
    Denied,

    /// <summary>Tarn refuses it by name because it would not honour it.</summary>
    Unsupported,

    /// <summary>It may work later (disk full, shutting down): retry with backoff.</summary>
    Unavailable,

    /// <summary>Stored bytes are damaged: the message names file and offset.</summary>
    Damaged,
}
