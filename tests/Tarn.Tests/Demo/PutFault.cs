namespace Tarn.Tests.Demo;

/// <summary>What <see cref="KinesisStandIn"/> does with one PutRecords.</summary>
public enum PutFault
{
    None,

    /// <summary>Stores two of three records and answers the third with an error code.</summary>
    RefuseEveryThird,

    /// <summary>Refuses every record of the request.</summary>
    RefuseAll,

    CloseBeforeStoring,

    /// <summary>Stores every second record, so both shards hold some, and closes without an answer.</summary>
    CloseAfterHalf,

    CloseAfterStoring,

    /// <summary>Stores all, then breaks the connection in the middle of its answer.</summary>
    CutAnswer,

    /// <summary>Stores half and answers with HTTP 500 and no JSON.</summary>
    ErrorAfterHalf,
}
