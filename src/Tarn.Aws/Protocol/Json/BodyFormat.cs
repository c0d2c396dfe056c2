namespace Tarn.Aws.Protocol.Json;

/// <summary>How the body of a request with X-Amz-Target is written. Its answer is written the same way.</summary>
internal enum BodyFormat
{
    Json,

    /// <summary>AWS CBOR 1.1: what the Java SDKs, KCL and KPL send to Kinesis.</summary>
    Cbor,
}
