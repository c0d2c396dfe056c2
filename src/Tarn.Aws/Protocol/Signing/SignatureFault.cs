namespace Tarn.Aws.Protocol.Signing;

/// <summary>Why a request's signature was not accepted.</summary>
internal enum SignatureFault
{
    /// <summary>The request is not signed.</summary>
    Missing,

    /// <summary>The signature's form lacks something or cannot be read.</summary>
    Incomplete,

    /// <summary>The parameters of a presigned URL lack something or cannot be read.</summary>
    IncompleteQuery,

    /// <summary>Signed in the query and in the Authorization header.</summary>
    TwoForms,

    /// <summary>A presigned URL whose time is over, or has not begun.</summary>
    Expired,

    /// <summary>No such access key.</summary>
    UnknownKey,

    /// <summary>A session token was sent, and this lake has issued none.</summary>
    SessionToken,

    /// <summary>The signature is not the one that the key gives for this request.</summary>
    Mismatch,

    /// <summary>The request's time is more than 15 minutes from the server's.</summary>
    Skewed,

    /// <summary>The signature is for another service or day.</summary>
    WrongScope,

    /// <summary>An x-amz- header or the host is not covered by the signature.</summary>
    Unsigned,

    /// <summary>The body is not the one that was signed.</summary>
    Payload,

    /// <summary>A way of signing that Tarn does not take.</summary>
    Unsupported,
}
