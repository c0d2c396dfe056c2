namespace Tarn.Jobs.Runs;

public enum JobRunState
{
    Running,
    Succeeded,
    Failed,
}
