namespace Tarn.Aws.Protocol;

/// <summary>One operation that X-Amz-Target names. Called on many threads at once.</summary>
internal interface ITargetOperation
{
    AwsService Service { get; }

    /// <summary>As in X-Amz-Target.</summary>
    string Name { get; }

    /// <summary>A longer body is refused before it is read, and one that would be longer without gzip.</summary>
    int BodyBytesMax { get; }
}
