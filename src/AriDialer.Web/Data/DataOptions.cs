using System.ComponentModel.DataAnnotations;

namespace AriDialer.Web.Data;

/// <summary>Where everything that must survive a restart is kept (section <c>Data</c>).</summary>
internal sealed class DataOptions
{
    [Required(ErrorMessage = "Data:Directory must name the folder for the database and the keys.")]
    public string Directory { get; set; } = ".local/data";

    public string Database => Path.Combine(Directory, "aridialer.db");

    public DirectoryInfo Keys => new(Path.Combine(Directory, "keys"));
}
