using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AriDialer.Web.Data.Migrations
{
    /// <inheritdoc />
    public partial class Insights : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "TalkFigures",
                columns: table => new
                {
                    RecordingId = table.Column<string>(type: "TEXT", nullable: false),
                    Seconds = table.Column<double>(type: "REAL", nullable: false),
                    LeftSeconds = table.Column<double>(type: "REAL", nullable: false),
                    RightSeconds = table.Column<double>(type: "REAL", nullable: false),
                    BothSeconds = table.Column<double>(type: "REAL", nullable: false),
                    SilentSeconds = table.Column<double>(type: "REAL", nullable: false),
                    LongestSilenceAt = table.Column<double>(type: "REAL", nullable: false),
                    LongestSilence = table.Column<double>(type: "REAL", nullable: false),
                    Left_Interruptions = table.Column<int>(type: "INTEGER", nullable: false),
                    Left_LongestMonologue = table.Column<double>(type: "REAL", nullable: false),
                    Left_LongestMonologueAt = table.Column<double>(type: "REAL", nullable: false),
                    Left_Turns = table.Column<int>(type: "INTEGER", nullable: false),
                    Right_Interruptions = table.Column<int>(type: "INTEGER", nullable: false),
                    Right_LongestMonologue = table.Column<double>(type: "REAL", nullable: false),
                    Right_LongestMonologueAt = table.Column<double>(type: "REAL", nullable: false),
                    Right_Turns = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TalkFigures", x => x.RecordingId);
                    table.ForeignKey(
                        name: "FK_TalkFigures_Recordings_RecordingId",
                        column: x => x.RecordingId,
                        principalTable: "Recordings",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "TalkFigures");
        }
    }
}
