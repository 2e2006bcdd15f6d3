using System.ComponentModel.DataAnnotations;
using AriDialer.Web.Features.Recording.Rules;
using Microsoft.Extensions.Configuration;

namespace AriDialer.Web.Tests.Recording.Rules;

public sealed class AnnouncementOptionsTests
{
    [Theory]
    [InlineData("sound:conf-now-recording")]
    [InlineData("sound:conf-now-recording", "", "")]
    [InlineData("sound:a sound:b", "", "sound:a, sound:b ")]
    [InlineData("sound:a sound:b", ":0", "sound:a", ":1", "sound:b")]
    public void Read_Setting_IsATextOrAList(string expected, params string[] settings)
    {
        Assert.Equal(expected, string.Join(' ', Read(settings).Announcement));
        Assert.Empty(Read(settings).Validate(new ValidationContext(this)));
    }

    [Theory]
    [InlineData("", "conf-now-recording")]
    [InlineData("", "https://example.com/a.wav")]
    [InlineData(":0", "sound:a,sound:b")]
    public void Validate_NoMediaUri_IsRefused(string key, string value) =>
        Assert.Contains("Recording:Announcement must be media URIs", Assert.Single(Read(key, value).Validate(new ValidationContext(this))).ErrorMessage);

    private static AnnouncementOptions Read(params string[] settings)
    {
        var options = new AnnouncementOptions();
        options.Read(new ConfigurationBuilder().AddInMemoryCollection(
            settings.Chunk(2).Select(pair => KeyValuePair.Create<string, string?>("Recording:Announcement" + pair[0], pair[1]))).Build());
        return options;
    }
}
