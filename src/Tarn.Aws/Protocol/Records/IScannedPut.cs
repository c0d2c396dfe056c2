namespace Tarn.Aws.Protocol.Records;

/// <summary>What a put of some service looks like to <see cref="PutScanner"/>.</summary>
internal interface IScannedPut
{
    /// <summary>Records taken so far.</summary>
    int Count { get; }

    /// <summary>Takes the next member, name and value, unless it is Records; false at anything unusual.</summary>
    bool TryTakeMember(ref JsonScanner scanner);

    /// <summary>Takes what stands between a record's braces; false at anything unusual.</summary>
    bool TryTakeRecord(ref JsonScanner scanner);

    /// <summary>Forgets what was taken.</summary>
    void Clear();
}
