namespace Tarn.Projects.Apply;

public enum ChangeAction
{
    /// <summary>The server has it as the files say.</summary>
    Keep,

    Create,

    Update,
}
