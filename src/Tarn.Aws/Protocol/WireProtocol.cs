namespace Tarn.Aws.Protocol;

/// <summary>How a request and its errors are written.</summary>
internal enum WireProtocol
{
    /// <summary>POST / with X-Amz-Target and a JSON body.</summary>
    Json,

    /// <summary>POST / with a form body that names Action and Version; answers in XML.</summary>
    Query,

    /// <summary>S3: method, path and query name the operation; answers in XML.</summary>
    Rest,
}
