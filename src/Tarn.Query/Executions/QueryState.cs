namespace Tarn.Query.Executions;

public enum QueryState
{
    Queued,
    Running,
    Succeeded,
    Failed,
    Cancelled,
}
