namespace Tarn.Aws.Protocol.Query;

/// <summary>One operation of a service that speaks the query protocol.</summary>
internal interface IQueryOperation
{
    AwsService Service { get; }

    /// <summary>As in Action.</summary>
    string Name { get; }

    /// <summary>Parameters that it reads; others are refused before it runs.</summary>
    IReadOnlyList<string> Parameters { get; }

    void Run(QueryCall call);
}
